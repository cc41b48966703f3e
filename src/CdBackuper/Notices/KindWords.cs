using CdBackuper.Jobs;

namespace CdBackuper.Notices;

/// <summary>What kinds of notices are called in settings and documents.</summary>
internal static class KindWords
{
    /// <summary>All that a setting may name, in order.</summary>
    public static IReadOnlyList<NoticeKind> Choices { get; } =
        [NoticeKind.Whole, NoticeKind.AlreadyWhole, NoticeKind.Damaged, NoticeKind.Unreadable, NoticeKind.Failed, NoticeKind.Twin];

    public static string Of(NoticeKind kind) => Words.Of(kind);
}
