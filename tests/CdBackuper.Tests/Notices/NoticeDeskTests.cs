using System.Text.Json.Nodes;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Jobs;
using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;
using CdBackuper.Notices;
using CdBackuper.Notices.Outbox;
using CdBackuper.Notices.Targets;

namespace CdBackuper.Tests.Notices;

/// <summary>A notice is told once, of what was recorded, wherever the program is cut off.</summary>
public sealed class NoticeDeskTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly OutboxBench bench = new();
    private readonly DiscFolder folder;
    private readonly AttemptNotes notes;
    private readonly DiscJob job;

    public NoticeDeskTests()
    {
        folder = bench.Archive.Disc("2003_SUMMER");
        Directory.CreateDirectory(folder.Path);
        notes = new(bench.Clock.GetUtcNow());
        var tray = Directory.CreateDirectory(bench.Archive.Path + ".tray").FullName;
        job = new(new ImageTray(tray, bench.Clock), _ => { });
    }

    public void Dispose()
    {
        Directory.Delete(bench.Archive.Path + ".tray", recursive: true);
        bench.Dispose();
    }

    [Fact]
    public async Task A_program_that_ends_between_record_and_notice_has_it_told_by_the_next_one()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using (var cutOff = DeskTo(server))
        {
            Foretell(cutOff);
            Record();
        }

        for (var start = 0; start < 2; start++)
        {
            await using var next = DeskTo(server);
            await next.SendWithinAsync(Limit, CancellationToken.None);
        }

        var notice = JsonNode.Parse(Assert.Single(server.Requests).Text)!;
        Assert.Equal(("damaged", "0007", notes.NoticeId), ((string?)notice["kind"], (string?)notice["disc"]!["number"], (string?)notice["id"]));
    }

    [Fact]
    public async Task A_program_that_ends_before_the_record_tells_nothing_and_leaves_nothing_for_long()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var desk = DeskTo(server);
        Foretell(desk);

        await desk.SendWithinAsync(Limit, CancellationToken.None);
        Assert.Empty(server.Requests);
        Assert.Single(Seeds());

        bench.Clock.SetUtcNow(TimeProvider.System.GetUtcNow().AddDays(2));
        await desk.SendWithinAsync(Limit, CancellationToken.None);
        Assert.Empty(server.Requests);
        Assert.Empty(Seeds());
    }

    [Fact]
    public async Task A_program_that_ends_between_two_targets_tells_each_once()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var hook = new TemporaryHook();
        INoticeTarget[] both = [bench.Webhook(server.Address), hook.Target];
        await using var desk = new NoticeDesk(bench.Archive, bench.Settings, both, bench.Clock, bench.Log);
        Foretell(desk);
        Record();
        var seed = Seeds().Single();
        var planted = File.ReadAllBytes(seed);
        await desk.SendWithinAsync(Limit, CancellationToken.None);
        Assert.Single(server.Requests);

        // As if it had ended before it could delete the seed, and before it made the entry of the second target.
        File.WriteAllBytes(seed, planted);
        File.Delete(Path.Combine(OutboxQueue.OutboxPath(bench.Archive), "desk.hook", "sent", Path.GetFileName(seed)));
        await desk.SendWithinAsync(Limit, CancellationToken.None);

        Assert.Single(server.Requests);
        Assert.Equal(2, hook.Runs);
    }

    [Fact]
    public async Task An_attempt_that_was_foretold_twice_is_told_once()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var desk = DeskTo(server);
        Foretell(desk);
        notes.IsForetold = false;
        Foretell(desk);
        Record();
        desk.Tell(job, notes, new(DiscEnd.Damaged, "m", "n", folder));
        await desk.SendWithinAsync(Limit, CancellationToken.None);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_notice_that_the_archive_does_not_take_waits_there_as_a_seed_and_is_told_once()
    {
        await using var server = await LoopbackServer.StartAsync();
        var queue = Path.Combine(OutboxQueue.OutboxPath(bench.Archive), "desk.webhook");
        await using (var desk = DeskTo(server))
        {
            Foretell(desk);
            Record();
            File.WriteAllText(queue, "no folder can be made here");
            await desk.SendWithinAsync(Limit, CancellationToken.None);
            Assert.Empty(server.Requests);
            Assert.Single(Seeds());
        }

        File.Delete(queue);
        await using var next = DeskTo(server);
        await next.SendWithinAsync(Limit, CancellationToken.None);
        Assert.Single(server.Requests);
        Assert.Empty(Seeds());
    }

    [Fact]
    public async Task A_full_archive_is_told_once_however_often_the_disc_is_tried()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var desk = DeskTo(server);
        for (var minute = 0; minute < 5; minute++)
        {
            desk.Tell(job, new(bench.Clock.GetUtcNow()), new(DiscEnd.ArchiveFailed, "It is full.", "Make room.", null));
        }

        desk.Tell(job, new(bench.Clock.GetUtcNow()), new(DiscEnd.Interrupted, "Interrupted.", "", null));
        await desk.SendWithinAsync(Limit, CancellationToken.None);
        Assert.Equal("It is full.", (string?)JsonNode.Parse(Assert.Single(server.Requests).Text)!["message"]);
    }

    [Fact]
    public async Task An_archive_that_went_away_is_told_from_memory_and_nothing_is_written_in_its_place()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var desk = DeskTo(server);
        Directory.Move(bench.Archive.Path, bench.Archive.Path + ".away");
        desk.Tell(job, notes, new(DiscEnd.ArchiveFailed, "It went away.", "Mount it.", null));
        await desk.SendWithinAsync(Limit, CancellationToken.None);
        Assert.Single(server.Requests);
        Assert.False(Directory.Exists(bench.Archive.Path));
        Directory.Move(bench.Archive.Path + ".away", bench.Archive.Path);
    }

    [Fact]
    public async Task What_is_told_while_it_runs_in_the_background_is_sent_at_once()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var desk = new NoticeDesk(bench.Archive, bench.Settings, [bench.Webhook(server.Address)], TimeProvider.System, bench.Log);
        desk.Start();
        Foretell(desk);
        Record();
        desk.Tell(job, notes, new(DiscEnd.Damaged, "m", "n", folder));
        Assert.True(SpinWait.SpinUntil(() => server.Requests.Count == 1, Limit), bench.Said.Text);
    }

    private NoticeDesk DeskTo(LoopbackServer server) => new(bench.Archive, bench.Settings, [bench.Webhook(server.Address)], bench.Clock, bench.Log);

    private void Foretell(NoticeDesk desk) => desk.Foretell(folder, job, notes, DiscEnd.Damaged, "m", (4096, ByteSet.Of(new ByteRange(0, 2048))));

    private void Record()
    {
        folder.Append(new AttemptRecord
        {
            Node = bench.Settings.NodeName,
            Drive = job.Drive.Name,
            Source = job.Drive.Path,
            Started = notes.Started,
            Finished = bench.Clock.GetUtcNow(),
            Outcome = "damaged",
            Reason = "something is missing",
        });
        folder.Store(new DiscStatus { Number = "0007", Message = "something is missing", Next = "Clean it." });
    }

    private string[] Seeds() => Directory.GetFiles(Path.Combine(OutboxQueue.OutboxPath(bench.Archive), "desk.seeds"));

    private sealed class TemporaryHook : IDisposable
    {
        private readonly Volumes.TempFolder folder = new();

        public HookTarget Target => new(new(["sh", "-c", "echo run >>\"$1\"", "hook", folder["runs"]], Limit, KindWords.Choices.ToHashSet()));

        public int Runs => File.ReadAllLines(folder["runs"]).Length;

        public void Dispose() => folder.Dispose();
    }
}
