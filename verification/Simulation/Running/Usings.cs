// The web SDK, with which the mutants are compiled, knows another class of this name.
global using Host = VoucherFunctions.Simulation.Running.Host;
