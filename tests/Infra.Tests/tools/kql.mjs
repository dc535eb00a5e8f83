// Parses each query as Application Insights would, with the tables that the queries may use, and prints what is wrong with it.
//   node tools/kql.mjs FILE…
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { KustoCode, GlobalState, Symbols } = globalThis.Kusto.Language;

// https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete
const common = 'timestamp: datetime, operation_Name: string, operation_Id: string, cloud_RoleName: string, cloud_RoleInstance: string, customDimensions: dynamic';
const tables = {
  customMetrics: `name: string, value: real, valueCount: int, valueSum: real, valueMin: real, valueMax: real, valueStdDev: real, ${common}`,
  traces: `message: string, severityLevel: int, ${common}`,
};
const database = new Symbols.DatabaseSymbol.ctor('insights', Object.entries(tables).map(([name, columns]) => new Symbols.TableSymbol.$ctor7(name, `(${columns})`, null)));
const globals = GlobalState.Default.WithDatabase(database);

let wrong = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const found = KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  for (let index = 0; index < found.Count; index++) {
    const item = found.getItem(index);
    const before = text.slice(0, item.Start).split('\n');
    console.log(`${basename(file)}(${before.length},${before.at(-1).length + 1}): ${item.Severity} ${item.Code}: ${item.Message}`);
    wrong++;
  }
}
process.exitCode = wrong > 0 ? 1 : 0;
