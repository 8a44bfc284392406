import { inLanguage } from '../../spoken.svelte';

/** The guide: ten steps through the explorer, each with what to do and what is then shown. */
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
      seen: 'Everything is now shown for this position: what it read, and what the model predicts after it.'
    },
    depth: {
      title: 'The flow through the model',
      task: 'Flow shows all blocks. Step through the depth, with the buttons ◂ and ▸ above the picture.',
      seen: 'What comes after this depth is faded: attention and MLP have added to the row only up to here.'
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
      seen: 'Beside the map you see how this weight is computed: a dot product, divided, masked, then softmax.'
    },
    neuron: {
      title: 'Neurons',
      task: 'Hold one neuron of the MLP: choose it in the list.',
      seen: 'The curve shows where its input lies, and what the activation function makes of it.'
    },
    lens: {
      title: 'The logit lens',
      task: 'Choose what the colour shows: rank, entropy or KL.',
      seen: 'Each depth is read as if it were the last, so you see from which depth on the prediction stays the same.'
    },
    edit: {
      title: 'Take something out',
      task: 'In Why, add an edit: set the z of a head to 0.',
      seen: 'Now there is a run B. The sentence says how the prediction changed; every view can show A or B.'
    },
    decode: {
      title: 'Continue the text',
      task: 'Decode turns the probabilities into text. Take or draw the next token.',
      seen: 'The token was added, and the model reads the longer text. Writing repeats this step.'
    }
  },
  end: 'That was the whole way from a text to the next token. The lessons go through the same parts with code.'
});
