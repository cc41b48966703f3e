using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Udf.Making;

namespace CdBackuper.Tests.Volumes.Udf;

/// <summary>What lay in a directory that is lost.</summary>
public sealed class OrphanTests
{
    private readonly UdfDiscMaker maker;
    private readonly UdfNode folder;
    private readonly UdfNode below;
    private readonly UdfNode lone;
    private readonly ScratchedDisc disc;

    public OrphanTests()
    {
        maker = new(UdfLayout.Plain);
        maker.Root.Add("top.txt", MadeUdf.Bytes("top"));
        folder = maker.Root.Folder("folder");
        below = folder.Folder("below");
        below.Folder("deeper").Add("deep.txt", MadeUdf.Bytes("deep"));
        lone = folder.Add("lone.txt", MadeUdf.Bytes("lone"));
        disc = new(maker.WriteSession());
    }

    [Fact]
    public void What_a_lost_directory_held_is_found_and_what_lay_below_keeps_its_names()
    {
        var volume = disc.Without(Sector(folder.Icb)).ReadUdf();
        var paths = MadeUdf.Paths(volume);

        Assert.Equal(
            [
                "folder",
                $"folder/lost directory {below.Icb}",
                $"folder/lost directory {below.Icb}/deeper",
                $"folder/lost directory {below.Icb}/deeper/deep.txt",
                $"lost file {lone.Icb}",
                "top.txt",
            ],
            paths.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("lone", disc.Text(paths[$"lost file {lone.Icb}"]));
        Assert.Equal("found without its name", paths[$"lost file {lone.Icb}"].Origin);
        Assert.Null(paths[$"folder/lost directory {below.Icb}/deeper/deep.txt"].Origin);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.UdfOrphansFound);
        Assert.True(volume.IsIncomplete);
    }

    [Fact]
    public void A_lost_root_costs_the_names_in_it_alone()
    {
        var paths = MadeUdf.Paths(disc.Without(Sector(maker.Root.Icb)).ReadUdf());
        Assert.Equal("deep", disc.Text(paths[$"lost directory {folder.Icb}/below/deeper/deep.txt"]));
        Assert.Equal("lone", disc.Text(paths[$"lost directory {folder.Icb}/lone.txt"]));
        Assert.Contains("top", paths.Values.Where(entry => entry.Parent is null && entry.Kind == EntryKind.File).Select(disc.Text));
    }

    [Fact]
    public void A_deleted_file_is_no_orphan()
    {
        // its entry says so itself, or the bitmap of free blocks does
        var gone = maker.Root.Add("gone.txt", MadeUdf.Bytes("gone"));
        gone.LinkCount = 0;
        maker.Root.Names[^1].Characteristics |= 4;
        var free = maker.Root.Add("freed.txt", MadeUdf.Bytes("freed"));
        maker.Root.Names[^1].Characteristics |= 4;
        var image = maker.WriteSession();
        var bitmap = new byte[64];
        bitmap[free.Icb / 8] |= (byte)(1 << (int)(free.Icb % 8));
        var place = (int)maker.Space.Next + 1;
        new UdfFields(24 + bitmap.Length).Long(16, bitmap.Length * 8).Long(20, bitmap.Length).Put(24, bitmap)
            .Seal(264, place, 24).Bytes.CopyTo(image, Sector(place) * 2048);
        var descriptor = UdfDiscMaker.MainSequence + 2;
        new UdfFields(512).Put(0, image.AsSpan(descriptor * 2048, 512)).Long(64, 24 + bitmap.Length).Long(68, place)
            .Seal(5, descriptor).Bytes.CopyTo(image, descriptor * 2048);

        var volume = new ScratchedDisc(image).Without(Sector(folder.Icb)).ReadUdf();
        Assert.Equal("lone", Assert.Single(volume.Entries, entry => entry is { Kind: EntryKind.File, Origin: not null }) is { } entry
            ? new ScratchedDisc(image).Text(entry) : "");
    }

    [Fact]
    public void A_glance_at_a_disc_does_not_look_through_it()
    {
        var volume = disc.Without(Sector(folder.Icb)).ReadUdf(new() { IsFirstSessionOnly = true });
        Assert.DoesNotContain(volume.Entries, entry => entry.Origin is not null);
    }

    private static long Sector(long block) => UdfSpace.PartitionStart + block;
}
