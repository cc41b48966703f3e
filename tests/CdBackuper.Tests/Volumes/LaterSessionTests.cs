using System.Buffers.Binary;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Hfs;
using CdBackuper.Tests.Volumes.Iso9660;
using CdBackuper.Tests.Volumes.Udf.Making;

namespace CdBackuper.Tests.Volumes;

/// <summary>Sessions of all kinds, one behind the other in an image that has no table of contents.</summary>
public sealed class LaterSessionTests
{
    private const int Start = 9008;

    private static readonly byte[] Iso = MadeDisc.Make("-R", "-J").Bytes;
    private static readonly byte[] LaterIso = MadeDisc.Make("-R", "-C", $"0,{Start}").Bytes;
    private static readonly byte[] Bridge = MadeDisc.Make("-J", "-udf").Bytes;
    private static readonly byte[] Udf = MadeUdf.Make(UdfLayout.Plain, 0x0201, 2048).WriteSession();

    public static TheoryData<string, byte[], byte[], string> Pairs() => new()
    {
        { "UDF, then UDF", Udf, Udf, "Udf 0, Udf 9008" },
        { "UDF, then ISO 9660", Udf, LaterIso, "Iso9660 9008, Udf 0" },
        { "ISO 9660, then UDF", Iso, Udf, "Iso9660 0, Udf 9008" },
        { "ISO 9660, then HFS+", Iso, new PlusDisc().Build(), "Iso9660 0, HfsPlus 9008" },
        { "ISO 9660, then a map with HFS+", Iso, MacDisc.Mapped(512, 512, new PlusDisc().Build()).Bytes, "Iso9660 0, HfsPlus 9008" },
        { "UDF, then a bridge disc that counts from its own start", Udf, Bridge, "Iso9660 9008, Udf 0, Udf 9008" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_follows_behind_the_first_volume_is_found_by_what_it_begins_with(string pair, byte[] first, byte[] later, string volumes)
    {
        var disc = new ScratchedDisc([.. first, .. new byte[(Start * 2048) - first.Length], .. later, .. new byte[150 * 2048]]);

        Assert.True(
            volumes == string.Join(", ", VolumeReader.ReadAll(disc).Select(volume => $"{volume.Kind} {volume.SessionStart}")),
            $"{pair}: {string.Join(", ", VolumeReader.ReadAll(disc).Select(volume => $"{volume.Kind} {volume.SessionStart}"))}");
        Assert.All(VolumeReader.ReadAll(disc), volume => Assert.False(volume.IsIncomplete));
        Assert.Single(VolumeReader.ReadAll(disc, new() { IsFirstSessionOnly = true }));
    }

    [Theory]
    [InlineData("a file reaches over it", 20_000)]
    [InlineData("a file reaches past the disc's end", 900_000)]
    [InlineData("the volume reaches over it", 9_500)]
    [InlineData("the volume reaches past the disc's end", 900_000)]
    public void A_length_that_is_wrong_hides_no_session(string what, int sectors)
    {
        var disc = new ScratchedDisc([.. Iso, .. new byte[(Start * 2048) - Iso.Length], .. Udf, .. new byte[12_000 * 2048]]);
        var isFile = what.StartsWith("a file", StringComparison.Ordinal);
        Both32(disc.Bytes.AsSpan(isFile ? disc.RecordOf("NOTES.TXT;1") + 10 : (16 * 2048) + 80), isFile ? sectors * 2048 : sectors);
        if (!isFile)
        {
            Both32(disc.Bytes.AsSpan((17 * 2048) + 80), sectors);
        }

        Assert.Equal(["Iso9660 0", $"Udf {Start}"], VolumeReader.ReadAll(disc).Select(volume => $"{volume.Kind} {volume.SessionStart}"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(4000)]
    [InlineData(9000)]
    public void An_image_in_a_file_is_no_session_whatever_the_length_of_the_file_or_the_volume(int sectors)
    {
        using var source = new TempFolder().With("a.txt", "a").With("z.txt", "z");
        File.WriteAllBytes(source["disc.udf"], Udf);
        File.WriteAllBytes(source["discs.tar"], [.. new byte[2048], .. Udf, .. new byte[2048]]);
        var bytes = MadeDisc.Make(source, "-R").Bytes;
        foreach (var name in new[] { "DISC.UDF;1", "DISCS.TAR;1" })
        {
            var disc = new ScratchedDisc([.. bytes, .. new byte[3000 * 2048]]);
            Both32(disc.Bytes.AsSpan(disc.RecordOf(name) + 10), sectors * 2048);
            Assert.Single(VolumeReader.ReadAll(disc));
        }

        var other = new ScratchedDisc([.. bytes, .. new byte[3000 * 2048]]);
        Both32(other.Bytes.AsSpan((16 * 2048) + 80), sectors);
        Assert.Single(VolumeReader.ReadAll(other));
    }

    [Fact]
    public void An_image_in_a_file_is_no_session()
    {
        using var source = new TempFolder();
        File.WriteAllBytes(source["disc.udf"], Udf);
        var disc = MadeDisc.Make(source, "-R");
        Assert.Single(VolumeReader.ReadAll(new ScratchedDisc([.. disc.Bytes, .. new byte[150 * 2048]])));

        // nor where the volume says that it ends before its files do
        BitConverter.GetBytes(40).CopyTo(disc.Bytes, (16 * 2048) + 80);
        Assert.Single(VolumeReader.ReadAll(disc));
    }

    [Fact]
    public void The_last_of_two_bridge_sessions_is_the_disc()
    {
        using var old = new TempFolder().With("changed.txt", "old").With("gone.txt", "gone").With("more.txt", "more");
        using var changed = new TempFolder().With("changed.txt", "new one");
        var first = MadeDisc.Make(old, "-J", "-udf").Bytes;
        var later = MadeDisc.Make(changed, "-J", "-udf", "-C", $"0,{Start}").Bytes;
        var disc = new ScratchedDisc([.. first, .. new byte[(Start * 2048) - first.Length], .. later]);

        Assert.Equal(["Iso9660 0", $"Iso9660 {Start}", "Udf 0", $"Udf {Start}"], VolumeReader.ReadAll(disc).Select(volume => $"{volume.Kind} {volume.SessionStart}"));
        var content = VolumeReader.Read(disc)!;
        var paths = EntryPaths.Assign(content.Entries);
        Assert.Equal("new one", disc.Text(content.Entries[paths.ToList().IndexOf("changed.txt")]));
        Assert.DoesNotContain("gone.txt", paths);
        Assert.Equal(["changed.txt", "gone.txt", "more.txt"], paths.Where(path => path.StartsWith('_') && path.EndsWith(".txt", StringComparison.Ordinal))
            .Select(path => path.Split('/')[1]).Order(StringComparer.Ordinal));
    }

    private static void Both32(Span<byte> target, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, value);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], value);
    }
}
