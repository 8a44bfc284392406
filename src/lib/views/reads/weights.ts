import { listParameters, type ParameterInfo, type Statistics } from '$lib/gpt2';
import { MOST_CELLS, MOST_VECTOR, WeightsView, windowOf } from '$lib/viz/weights';
import { picture, type Stage } from '../spec';
import { surveyed } from './surveyed';

/** Values up to which every parameter is counted at once; of more, the chosen one alone. */
const COUNTED_AT_ONCE = 200e6;

function chosen({ selection, run }: Stage): ParameterInfo {
  const all = listParameters(run.config);
  return all.find(({ name }) => name === selection.view.parameter) ?? all[0];
}

function statistics(stage: Stage): ReadonlyMap<string, Statistics> {
  const { explorer, run } = stage;
  const all = listParameters(run.config).filter(({ tiedTo }) => tiedTo === null);
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const own = chosen(stage);
  const wanted = total <= COUNTED_AT_ONCE ? all.map(({ name }) => name) : [own.tiedTo ?? own.name];
  return new Map(
    wanted
      .map((name) => [name, explorer.survey.part.get('parameterStatistics', { name })] as const)
      .filter((entry): entry is [string, Statistics] => entry[1] !== undefined)
  );
}

const nearOf = ({ selection, run }: Stage): number =>
  selection.view.near ?? run.tokens[selection.position].id;

export const weights = picture(
  WeightsView,
  {
    theme: ({ theme }) => theme,
    config: ({ run }) => run.config,
    parameters: ({ run }) => listParameters(run.config),
    settings: ({ selection: { view } }) => ({
      show: view.weights,
      parameter: view.parameter,
      cell: view.cell,
      zoom: view.matrix_zoom
    }),
    statistics,
    map: (stage) => {
      const { view } = stage.selection;
      if (view.weights !== 'parameter') return undefined;
      const { name, shape, count } = chosen(stage);
      const sides: [number, number] = shape.length === 2 ? [shape[0], shape[1]] : [1, count];
      const window = view.matrix_zoom ? windowOf(view.matrix_zoom, sides) : undefined;
      const most = sides[0] === 1 ? MOST_VECTOR : MOST_CELLS;
      return stage.explorer.survey.part.get('parameterMap', { name, window, most, cell: view.cell });
    },
    embedding: ({ explorer: { survey }, selection: { view } }) =>
      view.weights === 'parameter' ? undefined : survey.part.get('embeddingMap', { name: view.weights }),
    tokens: ({ run }) => run.tokens,
    tokenOf:
      ({ vocabulary }) =>
      (id) =>
        vocabulary.token(id),
    near: nearOf,
    nearest: (stage) => {
      const { view } = stage.selection;
      const { survey } = stage.explorer;
      const isWanted = view.weights === 'wte' || /wte|lm_head/.test(view.parameter);
      return isWanted ? survey.part.get('nearestTokens', { token: nearOf(stage), count: 15 }) : undefined;
    }
  },
  ({ show }) => ({
    onsettings: ({ show: weights, zoom, ...same }) =>
      show({
        ...same,
        ...(weights !== undefined && { weights }),
        ...(zoom !== undefined && { matrix_zoom: zoom })
      }),
    onnear: (near) => show({ near })
  }),
  surveyed
);
