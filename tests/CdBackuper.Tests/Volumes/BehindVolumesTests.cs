using CdBackuper.Archive.Store;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Composition;

namespace CdBackuper.Tests.Volumes;

/// <summary>What lies behind all volumes of an image without table of contents: a session may be lost there.</summary>
public sealed class BehindVolumesTests
{
    /// <summary>How long the gap between the sessions is, and where the damage begins, counted from the second session's first sector.</summary>
    public static MatrixTheoryData<int, int> Damages => new([0, 11_400], [-30, 0, 10, 16, 17, 18, 30]);

    [Theory]
    [MemberData(nameof(Damages))]
    public void No_part_of_a_session_is_lost_without_a_word(int gap, int from)
    {
        var (whole, start) = TwoSessions(gap);
        foreach (var count in new[] { 3, 15, 60, 200, 302, 303, 500 })
        {
            var first = Math.Max(start + from, start - gap);
            long[] lost = [.. Enumerable.Range(0, count).Select(index => first + index).Where(sector => sector < whole.SectorCount)];
            var disc = new ScratchedDisc(whole.Bytes).Without(lost);

            var volumes = VolumeReader.ReadAll(disc);

            var content = DiscContent.Compose(volumes, disc)!;
            var unread = ByteSet.Of(lost.Select(sector => ByteRange.OfSectors(sector, 1)));
            var length = disc.SectorCount * Sector.Size;
            Assert.True(
                content.Entries.Any(entry => entry.Name == "b.txt") || volumes.Any(volume => volume.IsIncomplete)
                || !content.Structures.Intersect(unread).IsEmpty
                || !LostHeads.Of(volumes, content, ByteSet.Of(new ByteRange(0, length)).Except(unread), [], length).IsEmpty,
                $"{count} sectors");
        }
    }

    [Fact]
    public void What_a_session_without_head_has_left_is_content_that_nobody_names()
    {
        var (disc, start) = TwoSessions(gap: 11_400);
        Assert.Equal(new BehindVolumes(false, ByteSet.Empty), BehindVolumes.Survey(disc, VolumeReader.ReadAll(disc)));

        disc.Blank([.. Enumerable.Range((int)start, 60).Select(sector => (long)sector)]);
        Assert.Equal(new BehindVolumes(true, ByteSet.Empty), BehindVolumes.Survey(disc, VolumeReader.ReadAll(disc)));

        // It keeps the image.
        var (volumes, length) = (VolumeReader.ReadAll(disc), disc.SectorCount * Sector.Size);
        var listing = ListingBuilder.Build(volumes, VolumeReader.Read(disc)!, ByteSet.Of(new ByteRange(0, length)), length, [], ByteSet.Empty);
        Assert.True(listing is { IsWhole: true, HasMoreThanFiles: true });
    }

    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 1, true)]
    [InlineData(2, 1, false)]
    [InlineData(2, 150, false)]
    public void Run_out_blocks_may_hold_anything(int full, int unreadable, bool hasContent)
    {
        var one = One();
        var end = one.Length / Sector.Size;
        var rest = new byte[(full + unreadable) * Sector.Size];
        rest.AsSpan(0, full * Sector.Size).Fill(7);
        var disc = new ScratchedDisc([.. one, .. rest]).Without([.. Enumerable.Range(end + full, unreadable).Select(sector => (long)sector)]);

        var behind = BehindVolumes.Survey(disc, VolumeReader.ReadAll(disc));

        Assert.Equal(hasContent, behind.HasContent);
        Assert.Equal(hasContent ? unreadable : 0, behind.Unread.SectorCount);
    }

    private static byte[] One()
    {
        Tool.Require("genisoimage");
        using var source = new TempFolder().With("a.txt", "first");
        using var folder = new TempFolder();
        Tool.Run("genisoimage", "-quiet", "-R", "-o", folder["disc.iso"], source.Path);
        return File.ReadAllBytes(folder["disc.iso"]);
    }

    private static (ScratchedDisc Disc, long Start) TwoSessions(int gap)
    {
        using var later = new TempFolder().With("b.txt", "second").With("c.txt", new string('x', 500_000));
        using var folder = new TempFolder();
        var first = One();
        File.WriteAllBytes(folder["disc.iso"], first);
        var start = (first.Length / Sector.Size) + gap;
        Tool.Run("genisoimage", "-quiet", "-R", "-C", $"0,{start}", "-M", folder["disc.iso"], "-o", folder["part.iso"], later.Path);
        return (new([.. first, .. new byte[gap * Sector.Size], .. File.ReadAllBytes(folder["part.iso"])]), start);
    }
}
