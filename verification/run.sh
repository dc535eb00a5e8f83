#!/usr/bin/env bash
# Runs one command of verification/README.md, which says what each proves and how long it takes.
#   verification/run.sh crash-points | pairs | pairs-all | pairs-with-fault | random | soak | deep   the simulation
#   verification/run.sh mutants | soak-mutants                                                      the simulation with seeded mistakes
#   verification/run.sh races                                                                       processes of the native head on Azurite
#   verification/run.sh fuzz                                                                        the parsers, by afl-fuzz
#   verification/run.sh enumeration                                                                 does the time of an answer tell who has an account?
#   verification/run.sh benchmark NAME | all                                                        the figures of docs/performance.md
# Options follow the command. It ends with 1 when something is broken.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
command=${1:-help}
case $command in
  crash-points | pairs | pairs-all | pairs-with-fault | random | soak | deep) project=Simulation ;;
  mutants | soak-mutants) project=Simulation.Mutants ;;
  races) project=Races; shift ;;
  fuzz) project=Fuzzing; shift ;;
  enumeration) project=Enumeration; shift ;;
  benchmark) project=Benchmarks; shift ;;
  *) sed -n '2,9s/^# *//p' "$0" >&2; exit 2 ;;
esac
exec dotnet run --project "$here/$project" --configuration Release -- "$@"
