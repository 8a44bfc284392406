import type { PythonRun } from '$lib/gpt2';
import { optionalContext } from '../common/optional-context';

/**
 * What is run around a picture, which its menu tells (null where code has no such run); and how a page says it. Call both
 * while a component is set up.
 */
export const [runAround, offerRun] = optionalContext<() => PythonRun | null>();
