export { Engine, isCancelled } from './client';
export * from './protocol';
