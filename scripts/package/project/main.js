import 'gpt2-lens/views';

const pattern = Float32Array.of(1, 0, 0.25, 0.75);
document.querySelector('#arrays').arrays = {
  tokens: ['Hello', ' world'],
  arrays: { 'blocks.0.attn.hook_pattern': { shape: [1, 2, 2], data: pattern } }
};
