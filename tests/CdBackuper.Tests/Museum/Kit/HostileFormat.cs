namespace CdBackuper.Tests.Museum;

/// <summary>One kind of input that a hostile disc can bring, with what it is tried with.</summary>
/// <param name="Name">As it is called on the command line and in the museum.</param>
/// <param name="Corpus">Patterns of files of the corpus that are good to begin with: folder and name.</param>
/// <param name="Make">Makes inputs by tools or by hand, which need no corpus.</param>
internal abstract record HostileFormat(string Name, string[] Corpus, Func<IEnumerable<byte[]>> Make)
{
    /// <summary>An input larger than this is too slow for a fuzzer.</summary>
    protected const int MostSeedBytes = 60_000;

    /// <param name="input">The input.</param>
    /// <param name="seed">Chooses what is lost in further readings.</param>
    /// <returns>The ids of the flaws that were reported.</returns>
    /// <exception cref="Exception">The reader did what it must not.</exception>
    public abstract IReadOnlyList<string> Check(byte[] input, int seed);

    /// <summary>Checks with what is lost chosen by the input itself, so that a fuzzer can choose it.</summary>
    /// <inheritdoc cref="Check(byte[], int)"/>
    public IReadOnlyList<string> Check(byte[] input) => Check(input, SeedOf(input));

    /// <returns>The input after some random changes of the kind that this format is sensitive to.</returns>
    public abstract byte[] Mutate(byte[] input, Random random);

    /// <returns>Smaller inputs, the most promising ones first.</returns>
    public abstract IEnumerable<byte[]> Shrink(byte[] input);

    /// <returns>The file as an input; null where it is too large.</returns>
    public abstract byte[]? Convert(string path);

    /// <returns>A number that is the same for the same bytes in every process.</returns>
    private static int SeedOf(ReadOnlySpan<byte> input)
    {
        var hash = 17;
        foreach (var value in input)
        {
            hash = unchecked((hash * 31) + value);
        }

        return hash & int.MaxValue;
    }
}
