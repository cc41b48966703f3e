using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>Sectors of directories that hold what belongs in another sector: what should stand there is lost, and that is told.</summary>
public sealed class MisplacedSectorTests
{
    [Theory]
    [InlineData("OUTER", "INNER", true)]
    [InlineData("OUTER", "INNER", false)]
    [InlineData("", "OUTER", true)]
    [InlineData("", "OUTER", false)]
    public void A_directory_that_its_own_child_lies_in_has_lost_its_names(string parent, string child, bool isExchanged)
    {
        var disc = HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            new("OUTER") { Children = [new("A.TXT;1", "a"), new("INNER") { Children = [new("B.TXT;1", "b")] }] },
            new("C.TXT;1", "c"));
        var places = (Parent: PlaceOf(disc, parent), Child: PlaceOf(disc, child));
        var (outer, inner) = (disc.Bytes[places.Parent], disc.Bytes[places.Child]);
        inner.CopyTo(disc.Bytes.AsSpan(places.Parent));
        if (isExchanged)
        {
            outer.CopyTo(disc.Bytes.AsSpan(places.Child));
        }

        var volume = disc.Read();

        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoDirectoryInvalid);
    }

    [Fact]
    public void A_directory_one_sector_of_which_is_a_copy_of_another_has_lost_names()
    {
        using var source = new TempFolder();
        foreach (var number in Enumerable.Range(0, 100))
        {
            source.With($"sub/file{number:D4}.txt", "x");
        }

        var disc = MadeDisc.Make(source);
        var sector = (int)disc.SectorOf("SUB");
        disc.Bytes.AsSpan((sector + 1) * 2048, 2048).CopyTo(disc.Bytes.AsSpan((sector + 2) * 2048));
        var volume = disc.Read();

        Assert.True(volume.IsIncomplete);
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.IsoDirectoryInvalid && damage.Sector == sector + 2);
    }

    private static Range PlaceOf(ScratchedDisc disc, string name)
    {
        var start = (int)(name.Length == 0 ? disc.RootOf(16) : disc.SectorOf(name)) * 2048;
        return start..(start + 2048);
    }
}
