import { describe, expect, it } from 'vitest';
import { attention } from '$lib/views/reads/attention';
import { embeddings } from '$lib/views/reads/embeddings';
import { mlp } from '$lib/views/reads/mlp';
import { residual } from '$lib/views/reads/residual';
import type { Picture, Stage } from '$lib/views/spec';

describe('pictures with a part that can be taken out', () => {
  const heard = (picture: Picture, whole: boolean) => picture.hears({ whole } as Stage);

  it.each(Object.entries({ attention, embeddings, mlp, residual }))(
    '%s offers it where the run without it is shown, not in a lesson',
    (_, picture) => {
      expect(heard(picture, true)).toHaveProperty('ontakeout', expect.any(Function));
      expect(heard(picture, false)).toHaveProperty('ontakeout', undefined);
    }
  );
});
