using System.CommandLine;
using CdBackuper.Hosting;
using CdBackuper.Notices;
using CdBackuper.Notices.Targets;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Commands;

internal static class NotifyCommand
{
    private const string About = """
        Sends notices: messages of how each disc went. Where they go is set in the environment; docs/notifications.md lists the targets.

        Examples:
          cdbackuper notify test         send a test to every target, and show what each of them says
          cdbackuper notify send         send what waits in the outbox, then exit
        """;

    private const string AboutTest = """
        Sends a test notice to every target that is set, and shows what each of them says. A target that was given up
        (its address or key was wrong) is used again once it takes a test. Exits with 1 when one of them did not take it.
        """;

    private const string AboutSend = """
        Sends what waits in the outbox of this node, and exits. `watch` does so all the time, and `import` at its end.
        Exits with 1 when something still waits.
        """;

    /// <summary>How long a target may take at the most.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var test = new Command("test", AboutTest);
        test.SetAction(parsed => Test(Session.Of(parsed)));
        var send = new Command("send", AboutSend);
        send.SetAction(parsed => Send(Session.Of(parsed)));
        return new("notify", About) { test, send };
    }

    private static int Test(Session session)
    {
        using var interruption = new Interruption();
        var targets = Targets(session);
        var now = TimeProvider.System.GetUtcNow();
        var notice = new Notice
        {
            Id = $"test-{Guid.NewGuid():N}",
            Kind = NoticeKind.Test,
            Time = now,
            Started = now,
            Node = session.Settings.NodeName,
            Drive = "none",
            Message = "This is a test. Notices of discs will look like it.",
            Next = "",
        };
        var all = targets.Select(target => target.SendAsync(new(notice), interruption.Token)).ToArray();
        IReadOnlyList<NotifyDocument> documents =
            [.. Task.WhenAll(all).GetAwaiter().GetResult().Zip(targets, (delivery, target) => Describe(delivery, target))];
        foreach (var (target, document) in targets.Zip(documents).Where(pair => pair.Second.IsSent))
        {
            UseAgain(session, target);
        }

        session.Answer.Print(documents, DocumentJson.Pretty.IReadOnlyListNotifyDocument, () => string.Join('\n', documents.Select(Line)));
        return documents.All(document => document.IsSent) ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static int Send(Session session)
    {
        using var interruption = new Interruption();
        var targets = Targets(session);
        var archive = session.OpenToWrite(mayBeMade: false);
        using var log = session.CreateLog(LogLevel.Information);
        using (var notices = NoticeRun.TryOpen(archive, session.Settings, log))
        {
            notices?.Send(Limit, interruption.Token);
        }

        var left = targets.Sum(target => NoticeDesk.QueueOf(archive, session.Settings, target).Waiting().Count);
        return left == 0 ? ExitCodes.Success : session.Answer.Fail(
            ExitCodes.Failed, $"Notices that wait still: {left}.", "cdbackuper doctor shows for which target, and notify test what it says.");
    }

    private static IReadOnlyList<INoticeTarget> Targets(Session session) =>
        TargetList.Of(session.Settings, TimeProvider.System) is { Count: > 0 } targets ? targets : throw new UsageException(
            "No target is set, so notices go nowhere.", "Set DISCORD_WEBHOOK_URL, or another one of docs/notifications.md.");

    private static NotifyDocument Describe(Delivery delivery, INoticeTarget target) => new(
        target.Name,
        target.Address,
        delivery is Delivery.Done,
        delivery.Answer,
        delivery switch
        {
            Delivery.Broken broken => broken.Next,
            Delivery.Failed or Delivery.Refused => "It was reached and did not take the test: its own output or log may say why.",
            Delivery.Later or Delivery.Unknown => "Notices are kept, and sent once it answers.",
            _ => "",
        });

    private static void UseAgain(Session session, INoticeTarget target)
    {
        if (Directory.Exists(session.Settings.ArchivePath))
        {
            NoticeDesk.QueueOf(session.OpenToRead(), session.Settings, target).StoreBroken(null);
        }
    }

    private static string Line(NotifyDocument document) => Answer.Printable(
        $"{(document.IsSent ? "sent  " : "FAILED")}  {document.Address}: {document.Answer}{(document.Next.Length > 0 ? $"\n        {document.Next}" : "")}");
}
