using CdBackuper.Tests.Museum;

namespace CdBackuper.Fuzz;

/// <summary>Sorts the inputs that broke a reader: one of each fault, made as small as it gets.</summary>
internal static class Findings
{
    private static readonly TimeSpan ShrinkLimit = TimeSpan.FromSeconds(60);

    /// <returns>1 where a reader is broken by any of the inputs.</returns>
    public static int Collect(HostileFormat format, string target, IEnumerable<string> inputs)
    {
        var smallest = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in inputs.Where(File.Exists))
        {
            var input = File.ReadAllBytes(path);
            if (Verdict.Of(format, input)?.Kind is { } kind
                && (!smallest.TryGetValue(kind, out var known) || input.Length < known.Length))
            {
                smallest[kind] = input;
            }
        }

        foreach (var (kind, input) in smallest)
        {
            Directory.CreateDirectory(target);
            var small = kind == "hang" ? input : Shrink(format, input, kind);
            var file = Path.Combine(target, $"{format.Name}-{Seeds.NameOf(small)}");
            File.WriteAllBytes(file, small);
            Console.WriteLine($"{kind}\n  tests/fuzz/run check {format.Name} {file}");
        }

        return smallest.Count == 0 ? 0 : 1;
    }

    /// <returns>1 where a reader is broken by any of the inputs.</returns>
    public static int Show(HostileFormat format, IEnumerable<string> inputs)
    {
        var status = 0;
        foreach (var path in inputs)
        {
            var verdict = Verdict.Of(format, File.ReadAllBytes(path));
            Console.WriteLine($"{path}: {verdict?.Text ?? "read as it should be"}");
            status = verdict is null ? status : 1;
        }

        return status;
    }

    /// <summary>Takes the first smaller or plainer input that shows the same fault, until there is none or time is up.</summary>
    private static byte[] Shrink(HostileFormat format, byte[] input, string kind)
    {
        var end = TimeProvider.System.GetUtcNow() + ShrinkLimit;
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var candidate in format.Shrink(input))
            {
                if (TimeProvider.System.GetUtcNow() > end)
                {
                    return input;
                }

                if (candidate.Length <= input.Length && !candidate.AsSpan().SequenceEqual(input)
                    && Verdict.Of(format, candidate)?.Kind == kind)
                {
                    input = candidate;
                    isSmaller = true;
                    break;
                }
            }
        }

        return input;
    }
}
