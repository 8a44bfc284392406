/** What stands beside the stage; fetched while the engine starts, which waits for none of it. */
export async function loadColumns() {
  const [map, prediction, bar] = await Promise.all([
    import('./MapColumn.svelte'),
    import('./PredictionColumn.svelte'),
    import('./PredictionBar.svelte')
  ]);
  return { MapColumn: map.default, PredictionColumn: prediction.default, PredictionBar: bar.default };
}
