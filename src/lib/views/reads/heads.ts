import { topTokens } from '$lib/gpt2';
import { HeadsView } from '$lib/viz/heads';
import { picture, type Stage } from '../spec';
import { surveyed } from './surveyed';

const LISTED = 10; // tokens in each list

/** The longest half of repeats that the link asks for and the context has room for. */
const repeatLength = ({ selection, run }: Stage): number =>
  Math.min(selection.view.repeat_length, Math.floor(run.config.n_ctx / 2));

function report(stage: Stage) {
  const { explorer, selection, run } = stage;
  const { heads_on, repeat_seed } = selection.view;
  if (heads_on === 'prompt') return run.survey('headsOnPrompt', {});
  if (heads_on === 'text') return explorer.survey.part.text.result?.given;
  return explorer.survey.part.get('headsOnRepeats', { length: repeatLength(stage), seed: repeat_seed });
}

const tokenOf = ({ selection, run }: Stage): number =>
  selection.view.ov_token ?? run.tokens[selection.position].id;

/** Of the best next token at the selected position, in the run as the model computes it. */
function effect({ selection, run }: Stage) {
  const { layer, head, position } = selection;
  if (selection.view.edits !== '') return undefined;
  const logits = run.logits(position);
  if (!logits) return undefined;
  const [token] = topTokens(logits, 1);
  return run.survey('headEffect', { layer, head, token, position });
}

export const heads = picture(
  HeadsView,
  {
    theme: ({ theme }) => theme,
    n_layer: ({ run }) => run.config.n_layer,
    n_head: ({ run }) => run.config.n_head,
    n_ctx: ({ run }) => run.config.n_ctx,
    layer: ({ selection }) => selection.layer,
    head: ({ selection }) => selection.head,
    position: ({ selection }) => selection.position,
    settings: (stage) => {
      const { view } = stage.selection;
      return {
        on: view.heads_on,
        score: view.score,
        against: view.against,
        form: view.heads_form,
        threshold: view.threshold,
        onlyAbove: view.only_above,
        sort: view.sort_heads,
        find: view.find_heads,
        length: repeatLength(stage),
        seed: view.repeat_seed,
        source: view.text_source,
        compose: view.compose
      };
    },
    text: ({ explorer }) => {
      const { running, progress, counted } = explorer.survey.part.text;
      const { own, problem } = explorer.survey.part.texts;
      return { running, progress, counted, own, problem };
    },
    report,
    copying: ({ explorer }) => explorer.survey.part.get('copying', {}),
    tokenOf:
      ({ vocabulary }) =>
      (id) =>
        vocabulary.token(id),
    token: tokenOf,
    tokenRows: (stage) => {
      const { layer, head } = stage.selection;
      return stage.explorer.survey.part.get('headTokens', {
        layer,
        head,
        token: tokenOf(stage),
        count: LISTED
      });
    },
    effect,
    composition: ({ explorer }) => {
      const { result, running, progress } = explorer.survey.part.composition;
      return { report: result?.given ?? null, running, progress };
    }
  },
  ({ explorer, selection, show, openView }) => ({
    onsettings: ({ on, form, onlyAbove, sort, find, length, seed, source, ...same }) =>
      show({
        ...same,
        ...(on !== undefined && { heads_on: on }),
        ...(form !== undefined && { heads_form: form }),
        ...(onlyAbove !== undefined && { only_above: onlyAbove }),
        ...(sort !== undefined && { sort_heads: sort }),
        ...(find !== undefined && { find_heads: find.replaceAll(/[^\d., ]/g, '').slice(0, 60) }),
        ...(length !== undefined && { repeat_length: length }),
        ...(seed !== undefined && { repeat_seed: seed }),
        ...(source !== undefined && { text_source: source })
      }),
    onhead: (layer, head) => show({ layer, head }),
    ontoken: (ov_token) => show({ ov_token }),
    onown: (text) => (explorer.survey.part.texts.own = text),
    oncount: () => void explorer.survey.part.text.count(selection.view.text_source, {}),
    oncancel: () => explorer.survey.part.text.cancel(),
    oncompose: () => void explorer.survey.part.composition.start({}),
    oncomposecancel: () => explorer.survey.part.composition.cancel(),
    onattention: () => openView('attention'),
    onneurons: () => openView('mlp'),
    ontakeout: () => {
      const { layer, head } = selection;
      explorer.addEdit({ kind: 'zero', name: 'z', layer, head });
      openView('why');
    }
  }),
  surveyed
);
