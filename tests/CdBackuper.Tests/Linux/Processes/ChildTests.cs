using System.Diagnostics;
using System.Text;
using CdBackuper.Linux.Processes;

namespace CdBackuper.Tests.Linux.Processes;

public sealed class ChildTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public void Output_and_errors_come_in_the_order_in_which_they_were_written()
    {
        var (outcome, text) = Run("for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo err $i >&2; done; exit 7");
        Assert.Equal(string.Concat(Enumerable.Range(1, 9).Select(i => $"out {i}\nerr {i}\n")), text);
        Assert.Equal(7, outcome.ExitCode);
        Assert.Null(outcome.Signal);
        Assert.False(outcome.WasCancelled || outcome.WasKilled || outcome.IsStuck);
        Assert.True(outcome.Duration > TimeSpan.Zero);
    }

    [Fact]
    public void A_hundred_million_bytes_come_through_to_the_last()
    {
        var length = 0L;
        var outcome = Child.Run(Shell("head -c 100000000 /dev/zero; echo end"), bytes => length += bytes.Length, Never);
        Assert.Equal(100_000_004, length);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void Nobody_need_listen() => Assert.Equal(0, Child.Run(Shell("head -c 1000000 /dev/zero"), null, Never).ExitCode);

    [Fact]
    public void Standard_input_is_empty_and_the_language_is_C()
    {
        var (_, text) = Run("cat; echo $LC_ALL; readlink /proc/self/fd/0");
        Assert.Equal("C\n/dev/null\n", text);
    }

    [Fact]
    public void An_answer_is_there_to_be_read_and_then_nothing_more()
    {
        var text = "";
        Child.Run(Shell("read line; echo \"got $line\"; cat; echo end") with { Answer = "q\nrest" }, bytes => text += Encoding.UTF8.GetString(bytes.Span), Never);
        Assert.Equal("got q\nrestend\n", text);
    }

    [Fact]
    public void A_child_gets_no_descriptors_of_ours()
    {
        using var folder = new TemporaryFolder();
        using var open = File.OpenHandle(folder.File("open", [1]));
        var (_, text) = Run("ls -l /proc/self/fd");
        Assert.Contains("/dev/null", text, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_arrive_as_they_are()
    {
        string[] arguments = ["a b", "", "é'\"$x\\", "--", "-n", "*\n"];
        var text = "";
        Child.Run(new("sh", ["-c", "printf '%s|' \"$@\"", "sh", .. arguments]), bytes => text += Encoding.UTF8.GetString(bytes.Span), Never);
        Assert.Equal(string.Join('|', arguments) + "|", text);
        Assert.Throws<ArgumentException>(() => Child.Run(new("true", ["a\0b"]), null, Never));
    }

    [Fact]
    public void A_command_is_recorded_as_a_shell_would_take_it() =>
        Assert.Equal(
            @"ddrescue -b 2048 --max=5% '' 'a b' 'it'\''s' /dev/sr0",
            new ChildCommand("ddrescue", ["-b", "2048", "--max=5%", "", "a b", "it's", "/dev/sr0"]).ToString());

    [Fact]
    public void A_missing_program_is_named_with_what_to_install()
    {
        var failure = Assert.Throws<FileNotFoundException>(() => Child.Run(new("no-such-program", []), null, Never));
        Assert.Contains("apt-get install no-such-program", failure.Message, StringComparison.Ordinal);
        Assert.Null(Child.FindProgram("no-such-program"));
        Assert.Null(Child.FindProgram("/etc/passwd"));
        Assert.Equal("/bin/sh", Child.FindProgram("/bin/sh"));
    }

    [Fact]
    public void A_child_that_a_signal_ends_says_which()
    {
        var (outcome, _) = Run("kill -9 $$");
        Assert.Equal((null, 9), (outcome.ExitCode, outcome.Signal));
        Assert.False(outcome.WasKilled);
    }

    [Fact]
    public void A_cancelled_rescue_lets_the_child_write_its_map_before_it_ends()
    {
        Assert.SkipWhen(Child.FindProgram("ddrescue") is null, "ddrescue is not installed (apt-get install gddrescue)");
        using var folder = new TemporaryFolder();
        var image = folder.File("image", new byte[8 << 20]);
        using var source = new CancellationTokenSource();
        var map = folder.In("map");
        var outcome = Child.Run(
            new("ddrescue", ["--sector-size=2048", "--cluster-size=1", "--max-read-rate=64Ki", image, folder.In("out"), map]),
            bytes =>
            {
                if (Encoding.UTF8.GetString(bytes.Span).Contains("rescued:", StringComparison.Ordinal)
                    && new FileInfo(folder.In("out")) is { Exists: true, Length: > 0 })
                {
                    source.Cancel();
                }
            },
            source.Token);
        Assert.True(outcome.WasCancelled);
        Assert.False(outcome.WasKilled);
        Assert.Contains("+\n", File.ReadAllText(map), StringComparison.Ordinal);
        Assert.Contains("?\n", File.ReadAllText(map), StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_that_ignores_being_asked_is_killed_after_its_grace()
    {
        using var source = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        var outcome = Child.Run(
            Shell("trap '' INT; echo ready; while :; do sleep 1000; done") with { Grace = TimeSpan.FromSeconds(0.3) },
            _ => source.Cancel(),
            source.Token);
        Assert.True(outcome.WasCancelled && outcome.WasKilled);
        Assert.False(outcome.IsStuck);
        Assert.Equal(9, outcome.Signal);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_listener_that_stands_still_keeps_no_child_alive()
    {
        using var source = new CancellationTokenSource();
        using var goesOn = new ManualResetEventSlim();
        var process = new TaskCompletionSource<int>();
        var run = Task.Run(
            () => Child.Run(
                Shell("trap '' INT; echo $$; while :; do sleep 1000; done") with { Grace = TimeSpan.FromSeconds(0.3) },
                bytes =>
                {
                    process.TrySetResult(int.Parse(Encoding.UTF8.GetString(bytes.Span), null));
                    goesOn.Wait();
                },
                source.Token),
            TestContext.Current.CancellationToken);
        var id = await process.Task;
        await source.CancelAsync();
        try
        {
            Eventually.True(() => !IsRunning(id), "the child is ended by itself");
            Assert.False(run.IsCompleted);
        }
        finally
        {
            goesOn.Set();
        }

        var outcome = await run;
        Assert.True(outcome.WasCancelled && outcome.WasKilled);
        Assert.Equal(9, outcome.Signal);
    }

    [Fact]
    public void A_token_cancelled_beforehand_ends_the_child_at_once()
    {
        // not by a shell: dash loses a SIGINT that comes just before it executes the next program
        var outcome = Child.Run(new("sleep", ["1000"]), null, new CancellationToken(canceled: true));
        Assert.True(outcome.WasCancelled);
        Assert.Equal(2, outcome.Signal);
    }

    [Fact]
    public void A_listener_that_throws_ends_the_child_and_is_heard()
    {
        var process = 0;
        var failure = Assert.Throws<InvalidDataException>(() => Child.Run(
            Shell("echo $$; while :; do echo more; done"),
            bytes =>
            {
                process = int.Parse(Encoding.UTF8.GetString(bytes.Span).Split('\n')[0], null);
                throw new InvalidDataException("enough");
            },
            Never));
        Assert.Equal("enough", failure.Message);
        Assert.False(Directory.Exists($"/proc/{process}"));
    }

    [Fact]
    public void What_a_child_leaves_behind_is_gone_and_does_not_hold_us_up()
    {
        var clock = Stopwatch.StartNew();
        var (outcome, text) = Run("sleep 1000 & echo $!");
        Assert.Equal(0, outcome.ExitCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
        Eventually.True(() => !IsRunning(int.Parse(text, null)), "the grandchild is gone");
    }

    private static bool IsRunning(int process) => ParentProcess.IsRunning(process);

    private static ChildCommand Shell(string script) => new("sh", ["-c", script]);

    private static (ChildOutcome Outcome, string Text) Run(string script)
    {
        var text = new StringBuilder();
        var outcome = Child.Run(Shell(script), bytes => text.Append(Encoding.UTF8.GetString(bytes.Span)), Never);
        return (outcome, text.ToString());
    }
}
