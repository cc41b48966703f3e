using System.Diagnostics;

namespace CdBackuper.Tests.Museum;

/// <summary>A short, repeatable run of random harm; <c>tests/fuzz/run</c> is the long one.</summary>
public sealed class MutationTests
{
    private const int Runs = 150;

    public static IEnumerable<TheoryDataRow<string>> Formats() =>
        HostileFormats.All.Select(format => new TheoryDataRow<string>(format.Name));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Whatever_is_harmed_the_reader_ends_and_gives_what_can_be_used(string name)
    {
        var format = HostileFormats.Of(name);
        var random = new Random(1);
        byte[][] seeds = [.. format.Make()];
        foreach (var seed in seeds)
        {
            format.Check(seed, 0);
            for (var run = 0; run < Runs / seeds.Length; run++)
            {
                var input = format.Mutate(seed, random);
                Check(format, input, run, $"{name}, run {run}");
            }
        }
    }

    private static void Check(HostileFormat format, byte[] input, int seed, string run)
    {
        try
        {
            format.Check(input, seed); // not by the input: tools write the time of day into it
        }
        catch (Exception exception) when (exception is not UnreachableException)
        {
            var file = Path.Combine(Path.GetTempPath(), $"cdbackuper-{format.Name}-{Guid.NewGuid():N}.sparse");
            File.WriteAllBytes(file, input);
            Assert.Fail($"{run}, kept as {file}: {exception}");
        }
    }
}
