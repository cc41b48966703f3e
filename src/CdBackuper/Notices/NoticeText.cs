using System.Globalization;
using CdBackuper.Jobs;
using CdBackuper.Media.Verdicts;

namespace CdBackuper.Notices;

/// <summary>A notice in people's words, plain. Pure.</summary>
internal static class NoticeText
{
    /// <summary>How long a name may be in a heading.</summary>
    private const int MaxTitleName = 60;

    /// <returns>One line: which disc, and how it stands.</returns>
    public static string Title(Notice notice)
    {
        var disc = notice.Disc is not { } known ? $"A disc in {notice.Drive}"
            : known.Name.Length == 0 ? $"Disc {known.Number}"
            : $"Disc {known.Number} {TextCut.Start(known.Name, MaxTitleName)}";
        return notice.Kind switch
        {
            NoticeKind.Whole => $"{disc}: whole",
            NoticeKind.AlreadyWhole => $"{disc}: whole already",
            NoticeKind.Damaged => $"{disc}: damaged",
            NoticeKind.Unreadable => $"{disc}: unreadable",
            NoticeKind.Test => "A test of cdbackuper's notices",
            _ => $"{disc}: failed",
        };
    }

    /// <returns>The facts, the most important first; each is said once.</returns>
    public static IReadOnlyList<Fact> Facts(Notice notice)
    {
        if (notice.Kind == NoticeKind.Test)
        {
            return [new("Node", notice.Node)];
        }

        var facts = new List<Fact>();
        if (notice.Files is { } files)
        {
            var unverified = files.Total - files.Perfect - files.Damaged - files.Lost;
            facts.Add(new("Files", Number($"{files.Perfect} perfect, {files.Damaged} damaged, {files.Lost} lost")
                + (unverified > 0 ? Number($", {unverified} unverified") : "") + $" ({Words.Bytes(files.Bytes)})"));
        }

        if (notice.Percent is { } percent)
        {
            facts.Add(new("Read", Number($"{percent:0.##} %, {Words.Count(notice.UnreadSectors, "sector")} unread")));
        }

        facts.Add(new("Drive", [new($"{notice.Node}, {notice.Drive}{(notice.DriveModel is null ? "" : $" ({notice.DriveModel})")}", "")], IsShort: true));
        facts.Add(new("Time", Words.Duration(notice.Time - notice.Started)));
        if (notice.EarlierNodes.Count > 0)
        {
            var won = notice.SectorsWon > 0 ? $", it won {Words.Count(notice.SectorsWon, "sector")}" : "";
            var attempt = notice.Attempt > 1 ? Number($": attempt {notice.Attempt}{won}") : "";
            facts.Add(new("Retry", [new($"Tried before on {string.Join(", ", notice.EarlierNodes)}", attempt)], IsShort: true));
        }

        if (notice.Worst.Count > 0)
        {
            facts.Add(new("Worst files", [.. notice.Worst.Select(Describe)]));
        }

        if (notice.Twin is not null)
        {
            facts.Add(new("Another disc", notice.Twin, isShort: false));
        }

        if (notice.Disc is { } disc)
        {
            AddNames(facts, disc);
        }

        return facts;
    }

    /// <returns>What happened, what to do and the facts, a line each: for targets that know no fields.</returns>
    public static string Body(Notice notice)
    {
        var lines = new List<string> { notice.Message };
        if (notice.Next.Length > 0)
        {
            lines.Add($"Next: {notice.Next}");
        }

        foreach (var fact in Facts(notice))
        {
            lines.Add(fact.Lines.Count == 1 ? $"{fact.Name}: {fact.Lines[0]}" : $"{fact.Name}:");
            lines.AddRange(fact.Lines.Count == 1 ? [] : fact.Lines.Select(line => $"  {line}"));
        }

        return string.Join('\n', lines.Select(line => TextCut.Printable(line)));
    }

    private static void AddNames(List<Fact> facts, NoticeDisc disc)
    {
        if (disc.Label is not null)
        {
            facts.Add(new("Label", [new(disc.Label, "")], IsShort: true));
        }

        if (disc.VolumeName is not null)
        {
            facts.Add(new("Volume name", [new(disc.VolumeName, "")], IsShort: true));
        }

        facts.Add(new("Folder", [new(disc.Folder, "")]));
    }

    private static FactLine Describe(NoticeFile file) => new(TextCut.Printable(file.Path).Replace('\n', ' '), file.Condition switch
    {
        FileCondition.Lost => $" is lost ({Words.Bytes(file.SizeBytes)})",
        FileCondition.Unverified => " is unverified",
        _ => $" misses {Words.Bytes(file.LostBytes)} of {Words.Bytes(file.SizeBytes)}",
    });

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
