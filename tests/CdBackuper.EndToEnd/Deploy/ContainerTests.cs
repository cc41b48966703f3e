using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary>The image of deploy/Containerfile, built on stand-ins for its bases, and run as the pods run it.</summary>
public sealed class ContainerTests
{
    private const string Mounts = "a disc behind a loop device needs root and loop devices";

    [Fact]
    public void A_disc_is_imported_read_only_and_without_any_capability()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 921);
        using var device = new LoopDevice(disc.Path);
        using var image = new ContainerImage(bench.Folder);

        image.Run(["--device", $"{device.Path}:/dev/sr0:r"], "import", "/dev/sr0").Expect(0);

        bench.OnlyDisc.MustHoldAllOf(disc);
        Assert.Equal("1654", Tool.Output("stat", "-c", "%u", bench.OnlyDisc["status.json"]).Trim());
    }

    [Fact]
    public void It_is_healthy_has_no_right_to_lose_and_ends_with_0_at_sigterm()
    {
        using var bench = new Bench();
        using var image = new ContainerImage(bench.Folder);
        var address = $"127.0.0.1:{FreePort()}";
        using var watch = image.Start("cdbackuper-watch", ["--env", $"HTTP_LISTEN={address}"], "watch");
        using (var http = new LocalHttp(watch))
        {
            Until.True(() => http.Get("/readyz").Status == HttpStatusCode.OK, 60, () => watch.Error);
            Assert.Equal("alive", http.Get("/healthz").Json.Text("status"));
        }

        Assert.Contains("is a mountpoint", ContainerImage.Exec("cdbackuper-watch", "mountpoint", "/data").Expect(0).Out, StringComparison.Ordinal);
        Assert.Contains("cdbackuper watch", ContainerImage.Exec("cdbackuper-watch", "ps", "aux").Expect(0).Out, StringComparison.Ordinal);
        var status = ContainerImage.Exec("cdbackuper-watch", "cat", "/proc/1/status").Expect(0).Out;
        Assert.Matches(@"Name:\s+tini", status);
        Assert.Matches(@"Uid:\s+1654\s+1654", status);
        Assert.Matches(@"CapEff:\s+0{16}\nCapBnd:\s+0{16}", status);
        Assert.NotEqual(0, ContainerImage.Exec("cdbackuper-watch", "touch", "/opt/cdbackuper/x").ExitCode);

        ContainerImage.Stop("cdbackuper-watch", seconds: 60);
        Assert.Equal(0, watch.WaitForExit(TimeSpan.FromSeconds(60)).ExitCode);
    }

    [Fact]
    public void Without_a_volume_it_refuses_to_archive_into_the_container()
    {
        using var bench = new Bench();
        using var image = new ContainerImage(bench.Folder);
        var result = image.RunBare([], "watch");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Nothing is mounted at /data", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_small_labelled_and_of_no_root()
    {
        using var bench = new Bench();
        using var image = new ContainerImage(bench.Folder);
        var facts = ContainerImage.Inspect();
        Assert.Equal("1654", facts["Config"]!.Text("User"));
        Assert.Equal(["/usr/bin/tini", "--", "cdbackuper"], facts["Config"]!["Entrypoint"].Texts());
        Assert.Equal("MIT", facts["Config"]!["Labels"]!.Text("org.opencontainers.image.licenses"));
        Assert.Null(facts["Config"]!["Volumes"]);
        var own = facts.Number("Size") - ContainerImage.Inspect(ContainerImage.Base).Number("Size");
        Assert.InRange(own, 1_000_000, 60_000_000);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"what the image adds to its base: {own / 1e6:0} MB"));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>An image behind a block device, which group cdrom may read; gone afterwards.</summary>
    private sealed class LoopDevice : IDisposable
    {
        public LoopDevice(string image)
        {
            var made = Tool.Run("losetup", "--find", "--show", "--read-only", image);
            Assert.SkipUnless(made.ExitCode == 0, $"{Mounts}: {made.Error}");
            Path = made.Out.Trim();
            Tool.Output("chgrp", "24", Path);
            Tool.Output("chmod", "640", Path);
        }

        public string Path { get; }

        public void Dispose()
        {
            Tool.Output("chgrp", "root", Path);
            Tool.Output("chmod", "600", Path);
            Tool.Output("losetup", "--detach", Path);
        }
    }
}
