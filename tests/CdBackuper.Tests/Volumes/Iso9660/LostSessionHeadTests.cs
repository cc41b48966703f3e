using System.Globalization;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>
/// Sessions whose descriptors are lost: what only they name is found by their root, which names its own place, or is known to be missing.
/// </summary>
public sealed class LostSessionHeadTests
{
    [Theory]
    [InlineData(48)] // the first session's descriptor, on a medium that has grown
    [InlineData(48, 49)] // all of its descriptors
    [InlineData(48, 49, 50)] // its root as well
    [InlineData(49, 50)] // its root alone
    [InlineData(80)]
    [InlineData(80, 81)]
    [InlineData(16, 48, 49)]
    public void No_session_of_a_grown_medium_is_lost_without_a_word(params int[] lost)
    {
        var disc = Grown();
        Assert.Equal([32L, 64, 96], VolumeReader.ReadAll(disc).Select(volume => volume.SessionStart));

        AssertMissed(new ScratchedDisc(disc.Bytes).Without(Longs(lost)), lost, isBlank: false);
        AssertMissed(new ScratchedDisc([.. disc.Bytes]).Blank(Longs(lost)), lost, isBlank: true);
    }

    [Theory]
    [InlineData(48, 49)]
    [InlineData(80, 81)]
    public void A_session_whose_descriptors_alone_are_lost_is_read_by_its_root(params int[] lost)
    {
        var disc = Grown();
        foreach (var scratched in (ScratchedDisc[])[new ScratchedDisc(disc.Bytes).Without(Longs(lost)), new ScratchedDisc([.. disc.Bytes]).Blank(Longs(lost))])
        {
            Assert.Equal(["one", "three", "two"], Texts(scratched));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11_400)]
    [InlineData(100)]
    public void A_later_session_whose_descriptors_are_blank_is_read_by_its_root(int gap)
    {
        var (disc, start) = TwoSessions(gap);
        disc.Blank(start + 16, start + 17, start + 18);

        Assert.Equal(["first", "second"], Texts(disc).Where(text => text.Length < 10));
        Assert.Contains(VolumeReader.ReadAll(disc), volume => volume.IsIncomplete);
    }

    [Fact]
    public void A_session_in_a_long_unreadable_part_is_missed()
    {
        var (disc, start) = TwoSessions(gap: 0);
        disc.Without([.. Enumerable.Range((int)start - 100, 200).Select(sector => (long)sector)]);

        Assert.Contains(VolumeReader.ReadAll(disc), volume => volume.Structures.Contains(ByteRange.OfSectors(start + 16, 1)) || volume.IsIncomplete);
    }

    [Fact]
    public void A_medium_that_did_not_grow_misses_no_session()
    {
        // Names enough for path tables and directories that lie at sector 48, and far behind it.
        using var source = new TempFolder();
        for (var number = 0; number < 900; number++)
        {
            source.With($"folder with a name {number}/file.txt", number.ToString(CultureInfo.InvariantCulture));
        }

        var disc = MadeDisc.Make(source, "-R", "-J");
        var whole = Assert.Single(VolumeReader.ReadAll(disc));
        Assert.False(whole.Structures.Contains(ByteRange.OfSectors(48, 1)));
        var volume = Assert.Single(VolumeReader.ReadAll(disc.Without(48)));
        Assert.Empty(volume.Damages);
    }

    private static long[] Longs(int[] sectors) => [.. sectors.Select(sector => (long)sector)];

    private static void AssertMissed(ScratchedDisc disc, int[] lost, bool isBlank)
    {
        var volumes = VolumeReader.ReadAll(disc);
        var missing = new[] { "one", "three", "two" }.Except(Texts(disc)).ToList();
        Assert.True(
            missing.Count == 0
            || (isBlank && volumes.Any(volume => volume.Damages.Count > 0))
            || (!isBlank && lost.Any(sector => volumes.Any(volume => volume.Structures.Contains(ByteRange.OfSectors(sector, 1))))),
            $"{string.Join(", ", missing)} lost without a word, sessions at {string.Join(", ", volumes.Select(volume => volume.SessionStart))}");
    }

    /// <returns>What all sessions' files say, each once.</returns>
    private static List<string> Texts(ScratchedDisc disc) =>
        [.. VolumeReader.Read(disc)!.Entries.Where(entry => entry.Kind == EntryKind.File).Select(disc.Text).Distinct().Order(StringComparer.Ordinal)];

    /// <returns>Three sessions, each of which replaces the file of the one before: at sectors 32, 64 and 96.</returns>
    private static ScratchedDisc Grown()
    {
        Tool.Require("xorriso");
        using var source = new TempFolder().With("a", "one").With("b", "two").With("c", "three");
        using var folder = new TempFolder();
        Tool.Run("xorriso", "-no_rc", "-outdev", folder["disc.iso"], "-padding", "0", "-map", source["a"], "/a", "-commit");
        Tool.Run("xorriso", "-no_rc", "-dev", folder["disc.iso"], "-padding", "0", "-rm", "/a", "--", "-map", source["b"], "/b", "-commit");
        Tool.Run("xorriso", "-no_rc", "-dev", folder["disc.iso"], "-padding", "0", "-rm", "/b", "--", "-map", source["c"], "/c", "-commit");
        return new(File.ReadAllBytes(folder["disc.iso"]));
    }

    private static (ScratchedDisc Disc, long Start) TwoSessions(int gap)
    {
        Tool.Require("genisoimage");
        using var source = new TempFolder().With("a.txt", "first");
        using var later = new TempFolder().With("b.txt", "second").With("c.txt", new string('x', 500_000));
        using var folder = new TempFolder();
        Tool.Run("genisoimage", "-quiet", "-R", "-o", folder["disc.iso"], source.Path);
        var first = File.ReadAllBytes(folder["disc.iso"]);
        var start = (first.Length / Sector.Size) + gap;
        Tool.Run("genisoimage", "-quiet", "-R", "-C", $"0,{start}", "-M", folder["disc.iso"], "-o", folder["part.iso"], later.Path);
        return (new([.. first, .. new byte[gap * Sector.Size], .. File.ReadAllBytes(folder["part.iso"])]), start);
    }
}
