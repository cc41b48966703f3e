using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Rescue;
using CdBackuper.Tests.Archive;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Rescue;

/// <summary>What a drive has won is read again: it may lie, or have another disc in it by now.</summary>
public sealed class ReadAgainTests : IDisposable
{
    private const int DiscSectors = 400;

    private static readonly ByteSet Half = ByteSet.Of(ByteRange.OfSectors(0, DiscSectors / 2));

    private readonly Shelf shelf = new();
    private readonly ScratchedDisc content = Disc(seed: 1);
    private readonly AttemptNotes notes = new(Shelf.Now);

    public void Dispose() => shelf.Dispose();

    [Fact]
    public void Another_disc_that_was_put_in_by_now_is_told_and_the_drive_is_not_accused_of_lying()
    {
        var fault = Assert.Throws<DriveFaultException>(() => ReadAgain(drive => drive.Change(Disc(seed: 2))));

        Assert.Equal(DriveFault.DiscGone, fault.Fault);
        Assert.Contains("Another disc was put into made", fault.Message, StringComparison.Ordinal);
        Assert.False(notes.DriveLies);
    }

    [Fact]
    public void A_disc_that_was_out_for_a_moment_proves_nothing_against_the_drive()
    {
        ReadAgain(drive => drive.Change(content));

        Assert.False(notes.DriveLies);
        Assert.Equal(ByteSet.Of(ByteRange.OfSectors(0, DiscSectors)), ReadInMap());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // though it was out for a moment
    public void A_drive_that_reads_the_same_disc_differently_is_named_and_map_and_evidence_go_back(bool wasOut)
    {
        var known = new DiscEvidence { LengthBytes = 1, Anchors = Fingerprint.TakeAnchors(content, []) };

        var fault = Assert.Throws<DriveFaultException>(() => ReadAgain(
            drive => drive.Change(WithOtherEnd(), isNoticed: wasOut), known));

        Assert.Contains("can't be trusted", fault.Message, StringComparison.Ordinal);
        Assert.True(notes.DriveLies);
        Assert.Equal(Half, ReadInMap());
        Assert.Equal(1, shelf.Folder.LoadEvidence()!.LengthBytes);
    }

    /// <summary>The first half was read before; then an attempt won the second, and it is read again.</summary>
    private void ReadAgain(Action<MadeDrive> meanwhile, DiscEvidence? known = null)
    {
        shelf.StoreImage(content.Bytes, ByteSet.Of(ByteRange.OfSectors(0, DiscSectors)));
        var drive = new MadeDrive("/nowhere/made", content);
        var owner = ProcessIdentity.NewOwner("node", "made");
        var claim = FolderClaim.TryTake(shelf.Root, shelf.Folder.Name, owner, _ => true, out _)!;
        var evidence = new DiscEvidence { LengthBytes = content.Bytes.Length, Anchors = Fingerprint.TakeAnchors(content, []) };
        shelf.Folder.Store(evidence);
        using var claimed = new ClaimedDisc(shelf.Folder, claim, Listing.Empty)
        {
            Evidence = evidence,
            EvidenceBefore = known,
            Before = new(),
            HasGrown = false,
        };
        using var disc = drive.OpenDisc();
        meanwhile(drive);
        var before = RescueMap.Empty.With(content.Bytes.Length, Half, ByteSet.Empty);
        new ReadAgain(claimed, disc, new(drive, _ => { }), notes).EnsureSteady(before, CancellationToken.None);
    }

    private ByteSet ReadInMap() => RescuedImage.TryLoadMap(shelf.Folder, out var map, out _) ? map.Finished : ByteSet.Empty;

    /// <summary>The same where it was read before; another in what was won.</summary>
    private ScratchedDisc WithOtherEnd()
    {
        var bytes = (byte[])content.Bytes.Clone();
        bytes[^5000] ^= 1;
        return new(bytes);
    }

    private static ScratchedDisc Disc(int seed) => new(Shelf.Bytes(DiscSectors * Sector.Size, seed));
}
