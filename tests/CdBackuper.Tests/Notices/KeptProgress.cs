using System.Collections.Concurrent;
using CdBackuper.Archive.Format;
using CdBackuper.Notices;
using CdBackuper.Notices.Outbox;
using CdBackuper.Notices.Targets;

namespace CdBackuper.Tests.Notices;

/// <summary>Keeps what a progress message became, and when.</summary>
internal sealed class KeptProgress(TimeProvider clock) : IProgressTarget
{
    private readonly ConcurrentQueue<(DateTimeOffset Time, string Message, string Text)> said = new();

    /// <summary>The first is the new message, the others its edits.</summary>
    public IReadOnlyList<(DateTimeOffset Time, string Message, string Text)> Said => [.. said];

    /// <summary>False: the message can't be edited any more.</summary>
    public bool TakesEdits { get; set; } = true;

    public string Name => "kept";

    public string Address => "a test";

    public string Fingerprint => "";

    public IReadOnlySet<NoticeKind> Kinds { get; } = new HashSet<NoticeKind>();

    public bool TakesPictures => false;

    public bool ShowsProgress => true;

    public Task<Delivery> SendAsync(OutboxEntry entry, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> AnswersAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SentNotice?> CreateAsync(string title, string text, CancellationToken cancellationToken)
    {
        said.Enqueue((clock.GetUtcNow(), "9001", text));
        return Task.FromResult<SentNotice?>(new() { Message = "9001", Channel = "77", Webhook = "1", Sent = clock.GetUtcNow() });
    }

    public Task<bool> EditAsync(string message, string title, string text, CancellationToken cancellationToken)
    {
        said.Enqueue((clock.GetUtcNow(), message, text));
        return Task.FromResult(TakesEdits);
    }
}
