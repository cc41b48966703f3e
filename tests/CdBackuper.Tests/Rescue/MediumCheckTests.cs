using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Rescue;
using CdBackuper.Tests.Archive;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Rescue;

/// <summary>Whether the disc in the drive is still the one that the folder is of, after the drive said that it may have been changed.</summary>
public sealed class MediumCheckTests : IDisposable
{
    private const int DiscSectors = 4000;

    private readonly Shelf shelf = new();
    private readonly ScratchedDisc content = new(Shelf.Bytes(DiscSectors * Sector.Size, 1));

    public void Dispose() => shelf.Dispose();

    // which sector is another | whether that is noticed: far from samples of a file that is whole, two discs of one template are one
    [Theory]
    [InlineData(3003, true)] // of the file that is to be completed
    [InlineData(7, true)] // beside a sample
    [InlineData(1960, false)]
    public void A_disc_alike_but_for_one_sector_is_noticed_beside_samples_and_in_the_file_that_is_completed(int sector, bool isNoticed)
    {
        var hurt = Shelf.FileAt("b.jpg", new Extent(3000L * Sector.Size, 12 * Sector.Size)) with { Lost = ByteSet.Of(ByteRange.OfSectors(11, 1)), Sha256 = "known" };
        var read = ByteSet.Of(ByteRange.OfSectors(0, DiscSectors)).Except(ByteSet.Of(ByteRange.OfSectors(3011, 1)));
        shelf.StoreImage(content.Bytes, read);
        var bytes = (byte[])content.Bytes.Clone();
        bytes[sector * Sector.Size] ^= 1;
        var drive = new MadeDrive("/nowhere/made", content);
        var claim = FolderClaim.TryTake(shelf.Root, shelf.Folder.Name, ProcessIdentity.NewOwner("node", "made"), _ => true, out _)!;
        using var claimed = new ClaimedDisc(shelf.Folder, claim, Shelf.ListingOf(hurt))
        {
            Evidence = new() { LengthBytes = content.Bytes.Length },
            Before = new(),
            HasGrown = false,
        };
        using var disc = drive.OpenDisc();
        drive.Change(new(bytes));
        void Check() => new MediumCheck(claimed, disc, new(drive, _ => { })).EnsureSame(RescueMap.Empty.With(content.Bytes.Length, read, ByteSet.Empty));

        if (isNoticed)
        {
            Assert.Equal(DriveFault.DiscGone, Assert.Throws<DriveFaultException>(Check).Fault);
        }
        else
        {
            Check();
        }
    }
}
