using CdBackuper.Tests.Museum;

namespace CdBackuper.Fuzz;

/// <summary>Random changes that know the format, without a look at coverage: finds what needs several fields to agree.</summary>
internal static class Mutation
{
    private const int MostFindings = 200;

    public static int Run(HostileFormat format, TimeSpan time, string seeds, string target)
    {
        var inputs = Directory.EnumerateFiles(seeds).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var random = new Random();
        var end = TimeProvider.System.GetUtcNow() + time;
        var (runs, found) = (0, 0);
        for (; TimeProvider.System.GetUtcNow() < end && found < MostFindings; runs++)
        {
            var input = format.Mutate(inputs[random.Next(inputs.Count)], random);
            if (Verdict.Of(format, input) is not null)
            {
                Directory.CreateDirectory(target);
                File.WriteAllBytes(Path.Combine(target, $"mutated-{found++:D3}"), input);
            }
        }

        Console.WriteLine($"{runs} mutations, {found} findings");
        return 0;
    }
}
