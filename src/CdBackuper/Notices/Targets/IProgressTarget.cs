using CdBackuper.Archive.Format;

namespace CdBackuper.Notices.Targets;

/// <summary>A target that shows how far a disc is, in one message that is edited and makes no sound.</summary>
internal interface IProgressTarget : INoticeTarget
{
    /// <summary>False where people don't want it.</summary>
    bool ShowsProgress { get; }

    /// <returns>The new message, still without its folder; null where it could not be sent.</returns>
    Task<SentNotice?> CreateAsync(string title, string text, CancellationToken cancellationToken);

    /// <returns>False where the message can't be edited any more.</returns>
    Task<bool> EditAsync(string message, string title, string text, CancellationToken cancellationToken);
}
