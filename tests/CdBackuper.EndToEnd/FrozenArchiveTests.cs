using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>An archive that stands still, as a NAS does over NFS with <c>hard</c>: no call on it ends, and none fails.</summary>
public sealed class FrozenArchiveTests
{
    private const int Limit = 60;

    /// <summary>The probes' timeoutSeconds in deploy/kustomize/base.</summary>
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    /// <summary>How often probes ask, and for how long the archive stands still.</summary>
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(70);

    /// <summary>The program's own limit; the pods' grace period is 75 s.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    /// <summary>Each drive's disc is claimed, and each claim's beat waits for the archive.</summary>
    private const int Drives = 10;

    [Fact]
    public void Probes_are_answered_in_time_and_an_end_is_no_later_than_ever_while_the_archive_stands_still()
    {
        using var bench = new Bench();
        Directory.CreateDirectory(bench.Folder["behind"]);
        Directory.CreateDirectory(bench.Archive);
        var discs = Enumerable.Range(1, Drives).Select(number => InterruptionTests.BigDisc(bench, 904 + number, $"{number}.iso", $"SLOW{number}")).ToArray();
        var trays = discs.Select((_, index) => bench.Folder.NewFolder($"tray{index}")).ToArray();
        using var archive = new HangingFolder(bench.Folder["behind"], bench.Archive);
        using var slow = new Discs(trays.Zip(discs, (tray, disc) => DamagedFile.Slow(Path.Combine(tray, "slow.iso"), disc.Path, "2M")));
        using (var watch = SmallNode(bench, "node-a").With("NOTIFY_WEBHOOK_URL", "http://127.0.0.1:9/nobody").StartWatchWithHttp(trays))
        using (var serve = SmallNode(bench, "node-s").With("HTTP_LISTEN", "127.0.0.1:0").Start("serve", "--archive", bench.Archive))
        using (var atWatch = new LocalHttp(watch))
        using (var atServe = new LocalHttp(serve))
        {
            Until.True(() => atWatch.Get("/api/drives").Json.AsArray().Count(IsRescuing) == Drives, Limit, () => $"{atWatch.Get("/api/drives").Text}\n{watch.Error}");
            archive.Freeze(watch, serve);
            try
            {
                var asking = new Impatient(atWatch, atServe);

                var answers = ProbeFor(Standstill, atWatch, atServe);
                Assert.All(answers, each => Assert.True(each.Took < ProbeLimit, string.Join('\n', answers)));
                Assert.All(asking.Answers, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
                Assert.All([atWatch, atServe], program => Assert.Equal(0, program.Metrics()["cdbackuper_archive_usable"]));
                Assert.All([watch, serve], program => Assert.InRange(Threads(program), 1, 100));
                foreach (var program in new[] { serve, watch })
                {
                    program.Signal("TERM");
                    Assert.Equal(0, program.WaitForExit(StopLimit).ExitCode);
                }

                Until.True(() => ProcessList.RescuesIn(bench.Folder.Path).Count == 0, 10, () => "no ddrescue outlives the program");
            }
            finally
            {
                // Whatever waits for it holds the discs too.
                archive.Thaw();
            }
        }

        slow.Dispose();
        File.Copy(discs[0].Path, Path.Combine(trays[0], "slow.iso"), overwrite: true);
        using var next = bench.Node().StartWatch(trays[0]);
        Until.True(() => next.Error.Contains("All 10 files are perfect", StringComparison.Ordinal), Limit, () => next.Error);
        Assert.Equal(0, next.StopWith("TERM").ExitCode);
        Assert.Equal(Drives, bench.Discs.Count);
        bench.Discs.Single(folder => folder.Name.EndsWith("SLOW1", StringComparison.Ordinal)).MustHoldAllOf(discs[0]);
    }

    [Fact]
    public void A_process_that_starts_meanwhile_is_alive_can_be_stopped_and_begins_once_the_archive_answers()
    {
        using var bench = new Bench();
        Directory.CreateDirectory(bench.Folder["behind"]);
        Directory.CreateDirectory(bench.Archive);
        var tray = bench.Folder.NewFolder("tray");
        using var archive = new HangingFolder(bench.Folder["behind"], bench.Archive);
        archive.Freeze();
        using var watch = SmallNode(bench, "node-a").With("NOTIFY_WEBHOOK_URL", "http://127.0.0.1:9/nobody").StartWatchWithHttp(tray);
        using var stopped = SmallNode(bench, "node-b").StartWatchWithHttp(tray);
        using var serve = SmallNode(bench, "node-s").With("HTTP_LISTEN", "127.0.0.1:0").Start("serve", "--archive", bench.Archive);
        using (var atWatch = new LocalHttp(watch))
        using (var atServe = new LocalHttp(serve))
        using (var atStopped = new LocalHttp(stopped))
        {
            var answers = ProbeFor(TimeSpan.Zero, atWatch, atServe, atStopped);
            Assert.All(answers, each => Assert.True(each.Took < ProbeLimit, string.Join('\n', answers)));
            Assert.All([watch, serve], program => Until.True(
                () => program.Error.Contains("does not answer; nothing is begun before it does", StringComparison.Ordinal), Limit, () => program.Error));
            Assert.Empty(atWatch.Get("/api/drives").Json.AsArray());
            Assert.Equal(0, stopped.StopWith("TERM").ExitCode);

            archive.Thaw();

            var disc = bench.Photographs(seed: 921);
            File.Move(disc.Path, Path.Combine(tray, "disc.iso"));
            Until.True(() => watch.Error.Contains("All 14 files are perfect", StringComparison.Ordinal), Limit, () => watch.Error);
            Until.True(() => atServe.Get("/api/discs").Json.AsArray().Count == 1, Limit, () => serve.Error);
            Assert.Equal(0, watch.StopWith("TERM").ExitCode);
            Assert.Equal(0, serve.StopWith("TERM").ExitCode);
            bench.OnlyDisc.MustHoldAllOf(disc);
        }
    }

    /// <summary>One processor: the fewest threads that .NET keeps ready.</summary>
    private static Backuper SmallNode(Bench bench, string name) =>
        bench.Node(name).With("DOTNET_PROCESSOR_COUNT", "1").With("REQUIRE_MOUNT", "true");

    private static bool IsRescuing(JsonNode? drive) => drive!["work"]?["percent"] is not null;

    private static int Threads(RunningProcess program) => Directory.GetDirectories($"/proc/{program.Pid}/task").Length;

    private static List<(string Path, TimeSpan Took)> ProbeFor(TimeSpan time, params LocalHttp[] programs)
    {
        List<(string, TimeSpan)> took = [];
        var since = Stopwatch.StartNew();
        do
        {
            foreach (var program in programs)
            {
                foreach (var path in new[] { "/healthz", "/readyz", "/metrics", "/api/drives" })
                {
                    var asked = Stopwatch.StartNew();
                    Assert.Equal(HttpStatusCode.OK, program.Get(path).Status);
                    took.Add((path, asked.Elapsed));
                }
            }

            TestContext.Current.CancellationToken.WaitHandle.WaitOne(BetweenProbes);
        }
        while (since.Elapsed < time);
        return took;
    }

    private sealed class Discs(IEnumerable<DamagedFile> files) : IDisposable
    {
        private DamagedFile[] all = [.. files];

        public void Dispose() => Array.ForEach(Interlocked.Exchange(ref all, []), each => each.Dispose());
    }

    /// <summary>People and programs who ask for discs meanwhile.</summary>
    private sealed class Impatient(params LocalHttp[] programs)
    {
        private readonly Task<HttpStatusCode>[] all = [.. programs.SelectMany(each => Enumerable.Range(1, 20).Select(number =>
            Task.Factory.StartNew(
                () => each.Get(number % 2 == 0 ? "/api/discs" : "/api/discs/1").Status,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)))];

        public HttpStatusCode[] Answers => Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(Limit)).GetAwaiter().GetResult();
    }
}
