using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary>The unit under a running systemd, installed as docs/operations.md says.</summary>
public sealed class SystemdTests
{
    private const int Limit = 60;

    [Fact]
    public void Installed_as_the_page_says_it_does_a_disc_as_a_user_of_its_own_and_is_stopped()
    {
        using var bench = new Bench();
        var disc = bench.Photographs(seed: 931);
        using var machine = Install(bench, "");

        Assert.Equal("User=cdbackuper\nActiveState=active\nUnitFileState=enabled\n", machine.Run("systemctl show -p User -p ActiveState -p UnitFileState cdbackuper"));
        machine.Run("cp \"$1\" /srv/tray/disc.part; mv /srv/tray/disc.part /srv/tray/disc.iso", Shared(machine, disc.Path));
        Until.True(() => machine.Journal.Contains("All 14 files are perfect", StringComparison.Ordinal), Limit, () => machine.Journal);

        Assert.Equal("cdbackuper\n", machine.Run("cd /srv/cd-archive/*_PHOTOS; sha256sum --quiet -c manifest-sha256.txt; stat -c %U status.json"));
        Assert.Equal(disc.Hashes.Count, machine.Run("cat /srv/cd-archive/*_PHOTOS/manifest-sha256.txt").Fields('\n').Count);
        machine.Run("systemctl stop cdbackuper");
        Assert.Equal("Result=success\nNRestarts=0\nExecMainStatus=0\nActiveState=inactive\n", machine.Run(
            "for name in Result NRestarts ExecMainStatus ActiveState; do systemctl show -p $name cdbackuper; done"));
    }

    [Fact]
    public void What_it_may_not_do_it_cannot()
    {
        using var bench = new Bench();
        using var machine = Install(bench, "");

        var status = machine.Run("cat /proc/$(systemctl show -p MainPID --value cdbackuper)/status");
        Assert.Matches(@"CapEff:\s+0{16}\nCapBnd:\s+0{16}", status);
        Assert.Matches(@"NoNewPrivs:\s+1", status);
        Assert.Matches(@"Seccomp:\s+2", status);
    }

    [Fact]
    public void When_nothing_of_it_lives_any_more_systemd_starts_it_again()
    {
        using var bench = new Bench();
        using var machine = Install(bench, "WatchdogSec=5\nTimeoutAbortSec=1\nRestartSec=0\n");

        var first = machine.Run("systemctl show -p MainPID --value cdbackuper").Trim();
        machine.Run("kill -STOP $1", first);

        Until.True(
            () => machine.Run("systemctl show -p MainPID --value cdbackuper; systemctl show -p ActiveState --value cdbackuper").Fields('\n') is [var pid, "active"] && pid != first,
            Limit,
            () => machine.Run("systemctl status cdbackuper || true"));
        Assert.Contains("Watchdog timeout", machine.Journal, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_volume_it_says_so_and_systemd_tells_that_it_failed()
    {
        using var bench = new Bench();
        using var machine = Prepare(bench, "");
        machine.Run("umount /srv/cd-archive");

        Assert.NotEqual(0, machine.TryRun(Commands()).ExitCode);

        Assert.Contains("Nothing is mounted at /srv/cd-archive", machine.Journal, StringComparison.Ordinal);
    }

    private static SystemdMachine Install(Bench bench, string settings)
    {
        var machine = Prepare(bench, settings);
        try
        {
            machine.Run(Commands());
            return machine;
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    /// <summary>A machine with the published program, a volume for the archive that the user may write to, and a tray, since it has no drive.</summary>
    private static SystemdMachine Prepare(Bench bench, string settings)
    {
        Assert.SkipUnless(
            Tool.Script("readlink -f \"$(command -v dotnet)\"").StartsWith("/usr/", StringComparison.Ordinal), ".NET lies where a service can't see it");
        var machine = new SystemdMachine(bench.Folder);
        try
        {
            Tool.Output("cp", "-a", Path.GetDirectoryName(Repository.Program)!, Path.Combine(machine.Share, "program"));
            Tool.Output("cp", "-a", Path.Combine(Repository.Root, "deploy/systemd"), Path.Combine(machine.Share, "systemd"));
            machine.Run("""
                mkdir -p /opt /srv/cd-archive /srv/tray /etc/systemd/system/cdbackuper.service.d "$1/deploy"
                mv "$1/program" /opt/cdbackuper
                mv "$1/systemd" "$1/deploy"
                mount -t tmpfs -o mode=1777 tmpfs /srv/cd-archive
                printf '[Service]\nExecStart=\nExecStart=/opt/cdbackuper/cdbackuper watch --tray /srv/tray\n%s' "$2" >/etc/systemd/system/cdbackuper.service.d/test.conf
                """, SystemdMachine.ShareInside, settings);
            return machine;
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    /// <returns>Those of the page, without building and without following the journal.</returns>
    private static string Commands()
    {
        const string prompt = "sudo ";
        var lines = File.ReadLines(Path.Combine(Repository.Root, "docs/operations.md"))
            .SkipWhile(line => !line.StartsWith("**systemd.**", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("**Containers.**", StringComparison.Ordinal))
            .Where(line => line.StartsWith(prompt, StringComparison.Ordinal) && !line.Contains("dotnet publish", StringComparison.Ordinal))
            .Select(line => line.Replace(prompt, "", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, lines.Length);
        return $"cd {SystemdMachine.ShareInside}\n{string.Join('\n', lines)}";
    }

    private static string Shared(SystemdMachine machine, string path)
    {
        File.Copy(path, Path.Combine(machine.Share, Path.GetFileName(path)));
        return $"{SystemdMachine.ShareInside}/{Path.GetFileName(path)}";
    }
}
