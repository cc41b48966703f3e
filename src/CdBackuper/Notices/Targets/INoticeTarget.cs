using CdBackuper.Notices.Outbox;

namespace CdBackuper.Notices.Targets;

/// <summary>Somewhere that notices go. Called by one sender at a time; what it throws is a defect, what goes wrong is a <see cref="Delivery"/>.</summary>
internal interface INoticeTarget
{
    /// <summary>A word: its queue is called so, and people see it.</summary>
    string Name { get; }

    /// <summary>Where it sends, without secrets, for people.</summary>
    string Address { get; }

    /// <summary>Tells this configuration of it from another one: a target that was refused for good is tried again once this changes.</summary>
    string Fingerprint { get; }

    /// <summary>What it wants to be told.</summary>
    IReadOnlySet<NoticeKind> Kinds { get; }

    /// <summary>True where it shows pictures.</summary>
    bool TakesPictures { get; }

    /// <summary>Sends one notice, within a time limit of its own.</summary>
    Task<Delivery> SendAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Asks whether it is there, without sending anything; where that can't be asked, says yes.</summary>
    Task<bool> AnswersAsync(CancellationToken cancellationToken);
}
