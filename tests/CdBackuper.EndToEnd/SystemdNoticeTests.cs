using System.Net.Sockets;
using System.Text;
using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>What systemd is told, at a socket of its kind.</summary>
public sealed class SystemdNoticeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_told_when_the_program_is_ready_lives_and_stops(bool isAbstract)
    {
        using var bench = new Bench();
        var name = isAbstract ? $"@cdbackuper-test-{Environment.ProcessId}" : bench.Folder["notify"];
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + name[1..] : name));
        using var watch = bench.Node().With("NOTIFY_SOCKET", name).With("WATCHDOG_USEC", "300000").StartWatch(bench.Folder.NewFolder("tray"));

        var told = new List<string>();
        while (told.Count(state => state == "WATCHDOG=1") < 3 || !told.Contains("READY=1"))
        {
            told.Add(Receive(manager));
        }

        Assert.Equal(0, watch.StopWith("TERM").ExitCode);
        while (told[^1] != "STOPPING=1")
        {
            told.Add(Receive(manager));
        }

        Assert.Equal(["READY=1", "STOPPING=1", "WATCHDOG=1"], told.Distinct().Order(StringComparer.Ordinal));
    }

    private static string Receive(Socket socket)
    {
        var bytes = new byte[256];
        return Encoding.UTF8.GetString(bytes, 0, socket.Receive(bytes));
    }
}
