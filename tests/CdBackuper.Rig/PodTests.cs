using System.Diagnostics;
using System.Text.Json.Nodes;
using CdBackuper.Rig.Kit;

namespace CdBackuper.Rig;

/// <summary>The program as the DaemonSet runs it, on true drives, with the archive on a true NFS.</summary>
[Collection(Nas.Turns)]
public sealed class PodTests
{
    /// <summary>Within this a pod has to end by itself; its grace period is 75 s.</summary>
    private const int StopSeconds = 60;

    /// <summary>
    /// A client that stood still for a while asks its server again after about as long: how soon the last write gets through once the server
    /// answers is the kernel's.
    /// </summary>
    private const int ThawSeconds = 180;

    /// <summary>The probes' timeoutSeconds in deploy/kustomize/base.</summary>
    private const int ProbeSeconds = 5;

    [Fact]
    public void Two_drives_are_done_at_once_by_a_user_without_rights_woken_by_the_kernel_alone()
    {
        Nas.Mount();
        using var bench = new Bench("/data");
        DiscImage[] discs = [bench.Photographs(91, "ONE", "one.iso"), bench.Photographs(92, "TWO", "two.iso"), bench.Photographs(93, "THREE", "three.iso")];
        var (left, right) = (bench.NewDrive("LEFT"), bench.NewDrive("RIGHT"));
        // Nobody looks at the drives for an hour unless an event comes.
        using var pod = Pod.Start(bench, "node-a", [left, right], "POLL_SECS=3600").MustSay($"Watching {left.Name}").MustSay($"Watching {right.Name}");

        left.Push(discs[0].Path);
        right.Push(discs[1].Path);
        pod.MustSay($@"{left.Name}\].* All 14 files are perfect").MustSay($@"{right.Name}\].* All 14 files are perfect");
        Until.True(() => left.IsOpen && right.IsOpen, 60, () => $"open trays:\n{pod.Said}");
        left.Push(discs[2].Path);
        Until.True(() => pod.Said.Split("All 14 files are perfect").Length == 4, 300, () => $"a third disc:\n{pod.Said}");

        Assert.Matches(@"Uid:\s+1654\s+1654\s+1654\s+1654\n", pod.Status);
        Assert.Matches(@"Groups:\s+24 65537\s*\n", pod.Status);
        Assert.Matches(@"NoNewPrivs:\s+1\n", pod.Status);
        Assert.Matches(@"CapInh:\s+0{16}\nCapPrm:\s+0{16}\nCapEff:\s+0{16}\nCapBnd:\s+0{16}\nCapAmb:\s+0{16}\n", pod.Status);
        Assert.Matches(@" / / ro[, ]", pod.Mounts);
        Assert.Matches(@" /data rw,.* - nfs4 ", pod.Mounts);
        var drives = JsonNode.Parse(pod.Get("/api/drives"))!.AsArray();
        Assert.Equal(new[] { left.Path, right.Path }.Order(StringComparer.Ordinal), drives.Select(drive => drive!.Text("path")));
        Assert.All(drives, drive => Assert.Equal(("node-a", "whole"), (drive!.Text("node"), drive!["last"]!.Text("outcome"))));
        Assert.Equal(0, pod.Stop(StopSeconds).ExitCode);
        foreach (var disc in discs)
        {
            var label = Path.GetFileNameWithoutExtension(disc.Path).ToUpperInvariant();
            bench.Discs().Single(folder => folder.Name.EndsWith(label, StringComparison.Ordinal)).MustHoldAllOf(disc);
        }
    }

    [Fact]
    public void A_pod_that_is_ended_saves_its_map_within_a_minute_and_the_next_one_goes_on()
    {
        Nas.Mount();
        using var bench = new Bench("/data");
        var disc = bench.Photographs(seed: 94);
        var drive = bench.NewDrive();
        using (var first = Pod.Start(bench, "node-a", [drive]).MustSay("Watching"))
        {
            drive.Push(disc.Path, "--slow", "600-900", "--delay", "1");
            first.MustSay("Now reading the disc");
            Until.True(() => drive.State.Number("sectors") > 700, 120, () => $"reading: {drive.State}\n{first.Said}");
            var asked = Stopwatch.StartNew();
            Assert.Equal(0, first.Stop(StopSeconds).ExitCode);
            Assert.True(asked.Elapsed < TimeSpan.FromSeconds(StopSeconds), $"the end took {asked.Elapsed}");
        }

        var saved = Mapfile.Bytes(bench.OnlyDisc()["ddrescue.mapfile"], '+');
        Assert.InRange(saved, 2048, new FileInfo(disc.Path).Length - 2048);
        Assert.False(drive.IsOpen);
        drive.Faults();
        using var next = Pod.Start(bench, "node-a", [drive]).MustSay("All 14 files are perfect");

        Assert.Equal(0, next.Stop(StopSeconds).ExitCode);
        var folder = bench.OnlyDisc();
        folder.MustHoldAllOf(disc);
        var last = JsonNode.Parse(File.ReadAllText(folder[folder.Attempts[^1]]))!;
        Assert.InRange(last.Number("sectorsWon") * 2048, 2048, new FileInfo(disc.Path).Length - saved);
    }

    [Fact]
    public void The_pod_of_another_node_completes_what_the_first_one_could_not_read()
    {
        Nas.Mount();
        using var bench = new Bench("/data");
        var disc = bench.Photographs(seed: 95);
        var (worn, good) = (bench.NewDrive("WORN"), bench.NewDrive("GOOD"));
        using var first = Pod.Start(bench, "node-a", [worn]).MustSay("Watching");
        using var second = Pod.Start(bench, "node-b", [good]).MustSay("Watching");

        worn.Push(disc.Path, "--bad", $"{disc["DCIM/IMG_0002.JPG"].Sector + 3}");
        first.MustSay("13 files perfect, 1 damaged, 0 lost: DCIM/IMG_0002.JPG");
        Until.True(() => worn.IsOpen, 60, () => $"an open tray:\n{first.Said}");
        good.Push(disc.CopyTo(bench.Folder["twin.iso"]));
        second.MustSay("All 14 files are perfect");

        var folder = bench.OnlyDisc();
        folder.MustHoldAllOf(disc);
        Assert.Equal(["node-a", "node-b"], folder.Attempts.Select(path => JsonNode.Parse(File.ReadAllText(folder[path]))!.Text("node")));
        Assert.Equal((0, 0), (first.Stop(StopSeconds).ExitCode, second.Stop(StopSeconds).ExitCode));
    }

    [Fact]
    public void A_NAS_that_stands_still_for_a_minute_amid_a_disc_costs_nothing_and_the_pod_stays_healthy()
    {
        Nas.Mount();
        using var bench = new Bench("/data");
        var disc = bench.Photographs(seed: 96);
        var drive = bench.NewDrive();
        using var pod = Pod.Start(bench, "node-a", [drive]).MustSay("Watching");
        drive.Push(disc.Path, "--slow", "600-640", "--delay", "1");
        pod.MustSay("Now reading the disc");
        Until.True(() => drive.State.Number("sectors") > 610, 120, () => $"reading: {drive.State}\n{pod.Said}");

        // As the kubelet's probes and Prometheus have asked since the start: what they need is compiled by then.
        Until.True(() => pod.TryGet("/healthz") is not null && pod.TryGet("/metrics") is not null, 120, () => pod.Said);
        Nas.StandStill(TimeSpan.FromSeconds(60), () =>
        {
            Assert.Equal("alive", JsonNode.Parse(pod.Get("/healthz", ProbeSeconds))!.Text("status"));
            Assert.Equal("ready\n", pod.Get("/readyz", ProbeSeconds));
            Assert.Equal("working", JsonNode.Parse(pod.Get("/api/drives", ProbeSeconds))![0]!.Text("condition"));
            Assert.Contains("cdbackuper_drive_state", pod.Get("/metrics", ProbeSeconds), StringComparison.Ordinal);
        });

        pod.MustSay("All 14 files are perfect");
        Assert.Equal(0, pod.Stop(StopSeconds).ExitCode);
        bench.OnlyDisc().MustHoldAllOf(disc);
    }

    [Fact]
    public void A_pod_that_is_to_end_while_the_NAS_stands_still_ends_once_it_answers_and_the_next_one_goes_on()
    {
        Nas.Mount();
        using var bench = new Bench("/data");
        var disc = bench.Photographs(seed: 97);
        var drive = bench.NewDrive();
        using (var first = Pod.Start(bench, "node-a", [drive]).MustSay("Watching"))
        {
            drive.Push(disc.Path, "--slow", "600-900", "--delay", "1");
            first.MustSay("Now reading the disc");
            Until.True(() => drive.State.Number("sectors") > 700, 120, () => $"reading: {drive.State}\n{first.Said}");
            // The program gives up its drive; the kernel keeps the last process until what it wrote is at the NAS, against SIGKILL too.
            Nas.WhileFrozen(() =>
            {
                first.Signal("TERM");
                first.MustSay("it is left behind");
            });
            Assert.Equal(0, first.WaitForExit(ThawSeconds).ExitCode);
        }

        Assert.False(drive.IsOpen);
        drive.Faults();
        using var next = Pod.Start(bench, "node-a", [drive]).MustSay("All 14 files are perfect");

        Assert.Equal(0, next.Stop(StopSeconds).ExitCode);
        bench.OnlyDisc().MustHoldAllOf(disc);
    }
}
