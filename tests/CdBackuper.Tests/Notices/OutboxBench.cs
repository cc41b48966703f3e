using System.Text.Json.Nodes;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Notices;
using CdBackuper.Notices.Discord;
using CdBackuper.Notices.Outbox;
using CdBackuper.Notices.Targets;
using CdBackuper.Tests.Volumes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CdBackuper.Tests.Notices;

/// <summary>An archive of one test with its outbox, a clock that is set by hand, and a server on loopback that plays the target.</summary>
internal sealed class OutboxBench : IDisposable
{
    private const string Token = "AbCdEfGhIjKl_secret_half";

    private readonly TempFolder folder = new();

    public OutboxBench()
    {
        Archive = ArchiveRoot.OpenToWrite(folder["archive"], requiresMount: false, new LinuxFileSystem());
        Settings = new SettingsReader(
            name => name switch
            {
                "DATA_ROOT" => Archive.Path,
                "NODE_NAME" => "desk",
                _ => null,
            },
            new Dictionary<string, string>()).Read([]);
        Log = LoggerFactory.Create(builder => builder.AddProvider(Said));
    }

    public ArchiveRoot Archive { get; }

    public Settings Settings { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    public KeptLog Said { get; } = new();

    public ILoggerFactory Log { get; }

    public NoticeLedger Ledger => new(Archive);

    public OutboxQueue QueueOf(INoticeTarget target) => NoticeDesk.QueueOf(Archive, Settings, target);

    public QueueSender SenderTo(INoticeTarget target) => new(QueueOf(target), target, Ledger, Clock, Log.CreateLogger("desk"));

    public TargetLane LaneTo(INoticeTarget target) => new(Archive, Settings, SenderTo(target));

    public DiscordTarget Discord(Uri server, string token = Token) =>
        new(WebhookAddress.Parse($"{server}api/webhooks/123456789012345678/{token}", server, out _)!, server, Settings.Notices, Clock);

    public WebhookTarget Webhook(Uri server) => new(new(server, null, AsCloudEvent: false, KindWords.Choices.ToHashSet()), Clock);

    /// <summary>Adds so many notices to the target's queue, one a second.</summary>
    public IReadOnlyList<string> Fill(INoticeTarget target, int count)
    {
        var ids = new List<string>();
        for (var index = 0; index < count; index++)
        {
            var notice = Samples.Damaged with { Id = $"20261125T1200{index:D5}-x", Time = Clock.GetUtcNow() };
            QueueOf(target).Add(new(notice));
            ids.Add(notice.Id);
        }

        return ids;
    }

    /// <summary>As Discord answers a webhook: each message with an id of its own.</summary>
    public static Func<LoopbackServer.Received, Microsoft.AspNetCore.Http.HttpContext, Task> AsDiscord()
    {
        var last = 9000;
        return (request, context) => LoopbackServer.Say(context, 200, new JsonObject
        {
            ["id"] = $"{(request.Method == "POST" ? Interlocked.Increment(ref last) : last)}",
            ["channel_id"] = "77",
        }.ToJsonString());
    }

    public void Dispose()
    {
        Log.Dispose();
        folder.Dispose();
    }
}
