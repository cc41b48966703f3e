using System.Text;
using CdBackuper.Linux.Processes;
using CdBackuper.Notices.Outbox;

namespace CdBackuper.Notices.Targets;

/// <summary>A program of the user's: it finds the notice as JSON on its standard input. No shell is between.</summary>
internal sealed class HookTarget(HookSettings settings) : INoticeTarget
{
    /// <summary>How long it may take to end once it was asked to.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>So much of what it prints is kept, the last of it.</summary>
    private const int MaxOutput = 4096;

    private const int MaxShown = 200;

    public string Name => "hook";

    public string Address => $"hook {settings.Command[0]}";

    public string Fingerprint => TargetFingerprint.Of(settings.Command);

    public IReadOnlySet<NoticeKind> Kinds => settings.Kinds;

    public bool TakesPictures => false;

    /// <summary>On a thread of its own: the kernel ends the program when the thread that started it ends.</summary>
    public async Task<Delivery> SendAsync(OutboxEntry entry, CancellationToken cancellationToken) => await Task.Factory.StartNew(
        () => Run(entry.Notice, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>A program that was cut off ran on this machine: it may be run again.</summary>
    public Task<bool> AnswersAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    private Delivery Run(Notice notice, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Limit);
        var output = new List<byte>();
        var command = new ChildCommand(settings.Command[0], [.. settings.Command.Skip(1)])
        {
            Answer = WebhookTarget.Body(notice, asCloudEvent: false) + "\n",
            Grace = Grace,
        };
        try
        {
            var outcome = Child.Run(command, bytes => Keep(output, bytes), limit.Token);
            cancellationToken.ThrowIfCancellationRequested();
            var said = TextCut.Start(TextCut.Printable(Encoding.UTF8.GetString([.. output])).Trim().Split('\n')[^1], MaxShown);
            return outcome switch
            {
                { WasCancelled: true } => new Delivery.Failed($"it ran for more than {settings.Limit.TotalSeconds:0} s and was ended"),
                { ExitCode: 0 } => new Delivery.Done($"exit 0{(said.Length > 0 ? $": {said}" : "")}"),
                { ExitCode: { } code } => new Delivery.Failed($"exit {code}{(said.Length > 0 ? $": {said}" : "")}"),
                _ => new Delivery.Failed($"signal {outcome.Signal} ended it"),
            };
        }
        catch (FileNotFoundException missing)
        {
            return new Delivery.Broken($"The program {missing.FileName} is not there, or may not be run.", "Check NOTIFY_HOOK.");
        }
        catch (IOException fault)
        {
            return new Delivery.Later(fault.Message);
        }
    }

    private static void Keep(List<byte> output, ReadOnlyMemory<byte> bytes)
    {
        output.AddRange(bytes.Span);
        output.RemoveRange(0, Math.Max(0, output.Count - MaxOutput));
    }
}
