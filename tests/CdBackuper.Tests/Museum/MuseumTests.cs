namespace CdBackuper.Tests.Museum;

/// <summary>
/// Broken discs that once broke the reader: <c>FORMAT/what is broken--outcome.sparse</c>, the outcome being the id of a flaw
/// that is reported, or <c>read</c>.
/// </summary>
public sealed class MuseumTests
{
    private const string Prefix = "Museum/";

    /// <summary>Generous: each takes milliseconds. What never ends must not keep the other tests from running.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static IEnumerable<TheoryDataRow<string>> Pieces() => typeof(MuseumTests).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => new TheoryDataRow<string>(name[Prefix.Length..]));

    /// <returns>The pieces of one format, as what a fuzzer begins with.</returns>
    public static IEnumerable<byte[]> Inputs(string format) => Pieces()
        .Where(row => row.Data.StartsWith(format + "/", StringComparison.Ordinal))
        .Select(row => Load(row.Data));

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task What_once_broke_the_reader_is_read(string piece)
    {
        var format = HostileFormats.Of(piece.Split('/')[0]);
        var outcome = Path.GetFileNameWithoutExtension(piece).Split("--")[1];
        var bytes = Load(piece);
        var flaws = await Task.Run(() => format.Check(bytes), TestContext.Current.CancellationToken)
            .WaitAsync(Limit, TestContext.Current.CancellationToken);
        if (outcome != "read")
        {
            Assert.Contains(outcome, flaws);
        }
    }

    private static byte[] Load(string piece)
    {
        using var stream = typeof(MuseumTests).Assembly.GetManifestResourceStream(Prefix + piece)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
