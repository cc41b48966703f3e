using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Linux.Processes;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Rescue;
using CdBackuper.Tests.Archive;
using CdBackuper.Tests.Volumes;
using Microsoft.Extensions.Logging.Abstractions;

namespace CdBackuper.Tests.Rescue;

public sealed class PassRunnerTests : IDisposable
{
    private const int DiscSectors = 400;

    private readonly Shelf shelf = new();
    private readonly TempFolder place = new();
    private readonly ScratchedDisc content = new(Shelf.Bytes(DiscSectors * Sector.Size, 1));

    public void Dispose()
    {
        shelf.Dispose();
        place.Dispose();
    }

    [Fact]
    public void The_end_that_the_kernel_hides_is_read_by_our_own_reads_into_the_same_image_and_map()
    {
        Tool.Require("ddrescue");
        var drive = DriveWith(content.Without(DiscSectors - 1), reachable: DiscSectors - 30);

        var notes = Run(drive);

        Assert.Equal(["copy", "hiddenEnd"], notes.Passes.Select(pass => pass.Kind));
        Assert.Equal(29, notes.Passes[1].SectorsWon);
        Assert.Equal("reading 30 sectors at the end that the kernel hides", notes.Passes[1].What);
        using var image = RescuedImage.TryOpen(shelf.Folder)!;
        Assert.Equal(ByteSet.Of(ByteRange.OfSectors(0, DiscSectors - 1)), image.Read);
        var bytes = File.ReadAllBytes(shelf.Folder.ImagePath);
        Assert.Equal(content.Bytes[..^Sector.Size], bytes[..^Sector.Size]);
    }

    [Fact]
    public void A_pass_that_ends_since_the_device_shrank_is_gone_on_with()
    {
        Tool.Require("ddrescue");
        var open = ByteSet.Of(ByteRange.OfSectors(10, 5));
        shelf.StoreImage(content.Bytes, ByteSet.Of(ByteRange.OfSectors(0, DiscSectors)).Except(open));
        var drive = DriveWith(content, reachable: DiscSectors - 30, shrinks: true);

        var notes = Run(drive);

        Assert.Equal("exit 1", notes.Passes[0].Ended);
        Assert.All(notes.Passes.Skip(1), pass => Assert.Equal("exit 0", pass.Ended));
        Assert.Equal("every sector was read", notes.WhyRescueEnded);
        Assert.Equal(content.Bytes, File.ReadAllBytes(shelf.Folder.ImagePath));
    }

    [Fact]
    public void A_clean_disc_is_one_pass()
    {
        Tool.Require("ddrescue");
        var notes = Run(DriveWith(content));
        Assert.Equal("copy", Assert.Single(notes.Passes).Kind);
        Assert.Equal("every sector was read", notes.WhyRescueEnded);
    }

    [Fact]
    public void Another_disc_is_noticed_before_a_byte_is_written()
    {
        var drive = DriveWith(content);
        var half = ByteSet.Of(ByteRange.OfSectors(0, DiscSectors / 2));
        shelf.StoreImage(content.Bytes, half);
        var (image, map) = (File.ReadAllBytes(shelf.Folder.ImagePath), File.ReadAllText(shelf.Folder.MapPath));

        var fault = Assert.Throws<DriveFaultException>(() => Run(drive, then: () => drive.Change(new(Shelf.Bytes(DiscSectors * Sector.Size, 2)))));

        Assert.Equal(DriveFault.DiscGone, fault.Fault);
        Assert.Contains("Another disc was put into made", fault.Message, StringComparison.Ordinal);
        Assert.Equal(image, File.ReadAllBytes(shelf.Folder.ImagePath));
        Assert.Equal(map, File.ReadAllText(shelf.Folder.MapPath));
    }

    [Fact]
    public void A_disc_that_was_taken_out_is_said_to_be()
    {
        var drive = DriveWith(content);
        var fault = Assert.Throws<DriveFaultException>(() => Run(drive, then: () => drive.Change(null)));
        Assert.Equal(DriveFault.DiscGone, fault.Fault);
        Assert.False(File.Exists(shelf.Folder.ImagePath));
    }

    [Fact]
    public void The_same_disc_after_a_false_alarm_goes_on()
    {
        Tool.Require("ddrescue");
        var drive = DriveWith(content);
        var notes = Run(drive, then: () => drive.Change(content));
        Assert.Equal("every sector was read", notes.WhyRescueEnded);
        Assert.Equal(2, drive.Opened);
    }

    [Fact]
    public void What_was_read_after_a_change_in_a_pass_is_not_called_read()
    {
        Tool.Require("ddrescue");
        var drive = DriveWith(content);
        var half = ByteSet.Of(ByteRange.OfSectors(0, DiscSectors / 2));
        shelf.StoreImage(content.Bytes, half);
        var other = new ScratchedDisc(Shelf.Bytes(DiscSectors * Sector.Size, 3));

        // The first look at the drive, before the pass, finds the disc; the change comes while ddrescue works.
        using var disc = drive.OpenDisc();
        using var claimed = Claim();
        File.WriteAllBytes(place["disc"], other.Bytes);
        var pass = new RescuePass.Scrape(new(RescueAim.Disc), ByteSet.Empty) { Retries = 1 };
        var command = new DdrescueCommand(place["disc"], shelf.Folder) { ImagePath = shelf.Folder.ImagePath }.For(pass);
        var run = new DdrescueRun(claimed, disc, new(drive, _ => { }), "a test") { TimeLeft = TimeSpan.FromMinutes(1) };
        drive.Change(other);

        Assert.Throws<DriveFaultException>(() => Run(run, command, claimed, disc, drive));

        using var image = RescuedImage.TryOpen(shelf.Folder)!;
        Assert.Equal(half, image.Read);
        Assert.Equal(content.Bytes[..(DiscSectors / 2 * Sector.Size)], File.ReadAllBytes(shelf.Folder.ImagePath)[..(DiscSectors / 2 * Sector.Size)]);
    }

    // The drive is asked every 5 s; it goes away behind the first time, while ddrescue reads or when it has ended.
    [Theory]
    [InlineData(60_000)]
    [InlineData(120_000)]
    public void What_was_surely_read_before_the_drive_went_away_stays_read(int bytesPerSecond)
    {
        Tool.Require("ddrescue");
        var drive = DriveWith(content);
        using var disc = drive.OpenDisc();
        using var claimed = Claim();
        drive.AnswersLeft = 1;
        var command = new ChildCommand(
            "ddrescue",
            ["--sector-size=2048", "--cluster-size=8", "--mapfile-interval=1", $"--max-read-rate={bytesPerSecond}", drive.Path, shelf.Folder.ImagePath, shelf.Folder.RunningMapPath]);
        var run = new DdrescueRun(claimed, disc, new(drive, _ => { }), "a test") { TimeLeft = TimeSpan.FromMinutes(1) };

        Assert.Equal(DriveFault.DriveGone, Assert.Throws<DriveFaultException>(() => Run(run, command, claimed, disc, drive)).Fault);

        using var image = RescuedImage.TryOpen(shelf.Folder)!;
        Assert.InRange(image.Read.TotalLength, bytesPerSecond, content.Bytes.Length - 1);
        Assert.Equal(content.Bytes[..(int)image.Read.End], File.ReadAllBytes(shelf.Folder.ImagePath)[..(int)image.Read.End]);
        Assert.False(File.Exists(shelf.Folder.RunningMapPath));
    }

    [Fact]
    public void A_pass_that_shows_no_sign_of_life_is_ended()
    {
        var drive = DriveWith(content);
        using var disc = drive.OpenDisc();
        using var claimed = Claim();
        var run = new DdrescueRun(claimed, disc, new(drive, _ => { }), "a test") { TimeLeft = TimeSpan.FromMinutes(1), Silence = TimeSpan.FromSeconds(1) };

        var (outcome, ended) = Run(run, new("tail", ["-f", "/dev/null"]), claimed, disc, drive);

        Assert.True(outcome.WasCancelled);
        Assert.Equal(PassEnds.WonNothing, ended);
    }

    private (ChildOutcome Outcome, string Ended) Run(DdrescueRun run, ChildCommand command, ClaimedDisc claimed, IDisc disc, MadeDrive drive)
    {
        RescuedImage.TryLoadMap(shelf.Folder, out var before, out _);
        return run.Run(command, before, new MediumCheck(claimed, disc, new(drive, _ => { })), TimeProvider.System, CancellationToken.None);
    }

    private MadeDrive DriveWith(ScratchedDisc disc, int reachable = DiscSectors, bool shrinks = false)
    {
        File.WriteAllBytes(place["disc"], disc.Bytes[..(reachable * Sector.Size)]);
        return new(place["disc"], disc) { ReachableLength = reachable * (long)Sector.Size, ShrinksInUse = shrinks };
    }

    private AttemptNotes Run(MadeDrive drive, Action? then = null)
    {
        using var claimed = Claim();
        using var disc = drive.OpenDisc();
        then?.Invoke();
        var notes = new AttemptNotes(Shelf.Now);
        var settings = new SettingsReader(_ => null, new Dictionary<string, string>()).Read([]);
        var runner = new PassRunner(claimed, disc, new DiscJob(drive, _ => { }), notes, settings);
        runner.Run(
            new()
            {
                Map = RescueMap.Empty,
                Domain = DataDomain.Of(disc.LengthBytes, null, ByteSet.Empty),
                MetadataPlaces = ByteSet.Empty,
                Retries = 2,
                RestLimit = TimeSpan.FromMinutes(1),
            },
            TimeProvider.System,
            NullLogger.Instance,
            CancellationToken.None);
        return notes;
    }

    private ClaimedDisc Claim()
    {
        var owner = ProcessIdentity.NewOwner("node", "made");
        var claim = FolderClaim.TryTake(shelf.Root, shelf.Folder.Name, owner, _ => true, out _)!;
        var evidence = new DiscEvidence { LengthBytes = content.Bytes.Length, Anchors = Fingerprint.TakeAnchors(new ScratchedDisc(content.Bytes), []) };
        return new(shelf.Folder, claim, Listing.Empty) { Evidence = evidence, Before = new(), HasGrown = false };
    }
}
