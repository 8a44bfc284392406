import { MlpView } from '$lib/viz/mlp';
import { picture } from '../spec';
import { surveyed } from './surveyed';
import { within } from './within';

const LISTED = 10; // tokens in each list of what a neuron reads and writes

export const mlp = picture(
  MlpView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    position: ({ explorer }) => explorer.position,
    layer: ({ explorer }) => explorer.layer,
    activation: ({ explorer, run }) => ({
      name: run.config.activation_function,
      parameters: explorer.shownModel.info?.activationParameters[explorer.layer] ?? {}
    }),
    pre: ({ explorer, run }) => run.row('mlp.pre', explorer.layer, explorer.position),
    post: ({ explorer, run }) => run.row('mlp.post', explorer.layer, explorer.position),
    mlp_out: ({ explorer, run }) => run.row('mlp_out', explorer.layer, explorer.position),
    neuron: ({ explorer, run }) => within(explorer.view.neuron, run.config.n_inner),
    neuronTokens: ({ explorer: { layer, survey, view, shownModel } }) =>
      view.neuron === null || shownModel.isOther // surveys are of the page's own model
        ? undefined
        : survey.part.get('neuronTokens', { layer, neuron: view.neuron, count: LISTED }),
    overText: ({ explorer }) => {
      const { neurons, texts } = explorer.survey.part;
      const { running, progress, counted, result } = neurons;
      return {
        report:
          result?.given.statistics.layer === explorer.layer && !explorer.shownModel.isOther
            ? result.given
            : undefined,
        text: { running, progress, counted, own: texts.own, problem: texts.problem },
        source: explorer.view.text_source
      };
    },
    tokenOf:
      ({ vocabulary }) =>
      (id) =>
        vocabulary.token(id)
  },
  ({ explorer, show, whole }) => ({
    onposition: (position) => show({ position }),
    ontakeout: whole
      ? (neuron) =>
          explorer.addEdit(
            neuron === null
              ? { kind: 'zero', name: 'mlp_out', layer: explorer.layer }
              : { kind: 'zero', name: 'mlp.post', layer: explorer.layer, neuron }
          )
      : undefined,
    onneuron: (neuron) => show({ neuron }),
    onsource: (text_source) => show({ text_source }),
    onown: (text) => void (explorer.survey.part.texts.own = text),
    oncount: () =>
      void explorer.survey.part.neurons.count(explorer.view.text_source, { layer: explorer.layer }),
    oncancel: () => explorer.survey.part.neurons.cancel()
  }),
  { ...surveyed, difference: async () => (await import('./differences')).DIFFERENCES.mlp }
);
