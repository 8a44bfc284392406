export { default as MlpView } from './MlpView.svelte';
