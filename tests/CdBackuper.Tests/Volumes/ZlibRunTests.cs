using System.IO.Compression;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes;

public sealed class ZlibRunTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 32768).Select(number => (byte)(number * number / 7))];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32768)]
    public void A_stream_of_the_expected_length_is_decoded(int length)
    {
        var decoded = new byte[length];
        Assert.True(ZlibRun.TryDecode(Encode(Content[..length]), decoded));
        Assert.Equal(Content[..length], decoded);
    }

    [Fact]
    public void What_stands_behind_the_stream_is_ignored() =>
        Assert.True(ZlibRun.TryDecode([.. Encode(Content), 0, 0, 0, 1, 2, 3], new byte[Content.Length]));

    [Fact]
    public void A_stream_that_gives_more_or_less_is_refused()
    {
        Assert.False(ZlibRun.TryDecode(Encode(Content), new byte[Content.Length - 1]));
        Assert.False(ZlibRun.TryDecode(Encode(Content), new byte[Content.Length + 1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(-1)]
    public void A_changed_byte_is_noticed(int at)
    {
        var stored = Encode(Content);
        stored[at < 0 ? stored.Length + at : at] ^= 0x11;
        Assert.False(ZlibRun.TryDecode(stored, new byte[Content.Length]));
    }

    /// <summary>RFC 1950 §2.2: FDICT, and a check of the header that is right.</summary>
    [Fact]
    public void A_stream_that_wants_a_dictionary_is_refused() =>
        Assert.False(ZlibRun.TryDecode([0x78, 0xBB, 1, 2, 3, 4, .. Encode(Content)[2..]], new byte[Content.Length]));

    [Fact]
    public void A_stream_cut_short_is_refused()
    {
        var stored = Encode(Content);
        for (var left = 0; left < stored.Length; left = Math.Max(left + 997, left > stored.Length - 997 ? left + 1 : 0))
        {
            Assert.False(ZlibRun.TryDecode(stored.AsSpan(0, left), new byte[Content.Length]), $"{left} of {stored.Length} bytes");
        }
    }

    [Fact]
    public void Fifty_megabytes_of_zeros_are_not_unpacked_to_learn_that_they_are_too_many()
    {
        var bomb = Encode(new byte[50_000_000]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(ZlibRun.TryDecode(bomb, new byte[32768]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static byte[] Encode(byte[] content)
    {
        using var target = new MemoryStream();
        using (var stream = new ZLibStream(target, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        return target.ToArray();
    }
}
