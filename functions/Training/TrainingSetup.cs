namespace VoucherFunctions.Training;

/// <summary>The training, for live accounts only.</summary>
public static class TrainingSetup
{
    public static IServiceCollection AddTraining(this IServiceCollection services) => services
        .AddSingleton<TrainingPolicy>()
        .AddSingleton<TrainingProgress>();
}
