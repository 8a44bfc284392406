import type { Stage } from '../spec';

/** Of a picture that reads surveys: it waits for what asks for them. */
export const surveyed = {
  isReady: ({ explorer }: Stage): boolean => explorer.survey.now !== null,
  sync: ({ explorer }: Stage): void => void explorer.survey.fetch()
};
