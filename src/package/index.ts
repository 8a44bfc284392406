/**
 * GPT-2 with every intermediate: tensors in, tensors out, on any TensorFlow.js backend. Start one before the first call:
 * `import '@tensorflow/tfjs-backend-cpu'` and `await tf.ready()`.
 *
 * @module
 */
export * from '$lib/gpt2';
