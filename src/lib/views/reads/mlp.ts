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
    position: ({ selection }) => selection.position,
    layer: ({ selection }) => selection.layer,
    activation: ({ explorer, selection, run }) => ({
      name: run.config.activation_function,
      parameters: explorer.shown.model?.activationParameters[selection.layer] ?? {}
    }),
    pre: ({ selection, run }) => run.row('mlp.pre', selection.layer, selection.position),
    post: ({ selection, run }) => run.row('mlp.post', selection.layer, selection.position),
    mlp_out: ({ selection, run }) => run.row('mlp_out', selection.layer, selection.position),
    neuron: ({ selection, run }) => within(selection.view.neuron, run.config.n_inner),
    neuronTokens: ({ explorer: { survey, shown }, selection: { layer, view } }) =>
      view.neuron === null || shown.isOther // surveys are of the page's own model
        ? undefined
        : survey.part.get('neuronTokens', { layer, neuron: view.neuron, count: LISTED }),
    overText: ({ explorer, selection }) => {
      const { neurons, texts } = explorer.survey.part;
      const { running, progress, counted, result } = neurons;
      return {
        report:
          result?.given.statistics.layer === selection.layer && !explorer.shown.isOther
            ? result.given
            : undefined,
        text: { running, progress, counted, own: texts.own, problem: texts.problem },
        source: selection.view.text_source
      };
    },
    tokenOf:
      ({ vocabulary }) =>
      (id) =>
        vocabulary.token(id)
  },
  ({ explorer, selection, show, whole }) => ({
    onposition: (position) => show({ position }),
    ontakeout: whole
      ? (neuron) =>
          explorer.addEdit(
            neuron === null
              ? { kind: 'zero', name: 'mlp_out', layer: selection.layer }
              : { kind: 'zero', name: 'mlp.post', layer: selection.layer, neuron }
          )
      : undefined,
    onneuron: (neuron) => show({ neuron }),
    onsource: (text_source) => show({ text_source }),
    onown: (text) => void (explorer.survey.part.texts.own = text),
    oncount: () =>
      void explorer.survey.part.neurons.count(selection.view.text_source, { layer: selection.layer }),
    oncancel: () => explorer.survey.part.neurons.cancel()
  }),
  { ...surveyed, difference: async () => (await import('./differences')).DIFFERENCES.mlp }
);
