import { inLanguage } from '../../spoken.svelte';

/** The guide: ten steps through the explorer, each with what to do and what one then sees. */
export const guideWords = inLanguage('guideWords', {
  name: 'Guide',
  step: (step: number, all: number) => `Step ${step} of ${all}`,
  doneCount: (done: number, all: number) => `${done} of ${all} done`,
  done: 'Done.',
  back: 'Back',
  next: 'Next',
  finish: 'Finish',
  skip: 'Skip this step',
  leave: 'Leave the guide',
  again: 'Set this step up again',
  steps: {
    prompt: {
      title: 'A prompt',
      task: 'Change a word in the prompt, at the top.',
      seen: 'The model has read the new text. Every number on the page is computed anew for it.'
    },
    position: {
      title: 'Tokens and positions',
      task: 'The prompt is cut into tokens. Choose another one of them, above the tabs.',
      seen: 'Everything is now shown for this position: what it read, and what the model expects after it.'
    },
    depth: {
      title: 'The flow through the model',
      task: 'Flow shows all blocks. Step through the depth, with the buttons ◂ and ▸ above the picture.',
      seen: 'What is beyond this depth is faded: the row has been read and added to only so far.'
    },
    temperature: {
      title: 'The next token',
      task: 'Move the temperature in the list of next tokens.',
      seen: 'The same logits give other probabilities: below 1 the best tokens gain, above 1 the others do.'
    },
    head: {
      title: 'Heads',
      task: 'Attention shows one head. Choose another one in the small maps.',
      seen: 'Each head has a pattern of its own: its rows say from where it reads.'
    },
    cell: {
      title: 'One weight',
      task: 'Choose one cell of the large map, by a click or by arrow keys and Enter.',
      seen: 'Beside the map stands how this weight came about: a dot product, divided, masked, and softmax.'
    },
    neuron: {
      title: 'Neurons',
      task: 'Hold one neuron of the MLP: choose it in the list.',
      seen: 'The curve shows where its input lies, and what the activation function makes of it.'
    },
    lens: {
      title: 'The logit lens',
      task: 'Choose what the colour shows: rank, entropy or KL.',
      seen: 'Each depth is read as if it were the last, so one sees when the prediction was settled.'
    },
    edit: {
      title: 'Take something out',
      task: 'In Why, add an edit: set the z of a head to 0.',
      seen: 'Now there is a run B. The sentence says how the prediction changed; every view can show A or B.'
    },
    decode: {
      title: 'Write on',
      task: 'Decode turns the probabilities into text. Take or draw the next token.',
      seen: 'The token was added, and the model reads the longer text. That is all that writing is.'
    }
  },
  end: 'That was the whole way from a text to the next token. The lessons go through the same parts with code.'
});
