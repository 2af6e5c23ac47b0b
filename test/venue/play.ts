import { assess, type Told } from './assess.ts';
import type { ScenarioResult } from './result.ts';
import type { Scenario, ScenarioOptions } from './scenario.ts';
import { joinAll, openStage, type Stage } from './stage.ts';

/**
 * Plays one scenario on laptops of its own and says what it showed. Where it could not be played
 * to its end, the result has what was seen until then, and why. `onStage` is told of the laptops,
 * for somebody may want to close them early.
 */
export async function playScenario(
  scenario: Scenario,
  options: ScenarioOptions,
  print: (line: string) => void,
  onStage: (stage: Stage) => void,
): Promise<ScenarioResult> {
  const begun = performance.now();
  const wallSeconds = (): number => Math.round((performance.now() - begun) / 1000);
  print(`\n${scenario.name}: ${scenario.words}`);
  const stage = await openStage(scenario.cast, print);
  onStage(stage);
  try {
    let error: string | undefined;
    let told: Told = { healSeconds: null, healFrom: 'not played to its end' };
    try {
      await joinAll(stage, scenario.cast);
      stage.say(`${stage.groups.length} group laptops have joined (${wallSeconds()} s).`);
      told = await scenario.play(stage, options);
    } catch (reason) {
      error = reason instanceof Error ? reason.message : String(reason);
      stage.say(`Could not be played to its end: ${error}`);
    }
    const result = await assess(scenario.name, stage, told, wallSeconds());
    return error === undefined ? result : { ...result, error };
  } finally {
    await stage.close();
  }
}
