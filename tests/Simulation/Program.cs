using VoucherFunctions.Simulation.Exploring;

var scenes = new Scenes();
Console.WriteLine($"{scenes.All.Count} scenes");
