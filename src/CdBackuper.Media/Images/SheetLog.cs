namespace CdBackuper.Media.Images;

/// <summary>Collects what is wrong with the description of an image. Bounded.</summary>
public sealed class SheetLog
{
    private const int MaxProblems = 50;
    private const int MaxQuoted = 60;
    private readonly List<SheetProblem> problems = [];

    /// <summary>What was found, in order; the first ones where there are many.</summary>
    public IReadOnlyList<SheetProblem> Problems => problems;

    /// <summary>The first problem because of which the image can't be read; null for none.</summary>
    public SheetProblem? Fatal { get; private set; }

    /// <summary>Notes what can be passed over.</summary>
    public void Note(int line, string text) => Add(new(line, text, IsFatal: false));

    /// <summary>Notes what makes the image unreadable.</summary>
    public void Fail(int line, string text) => Add(new(line, text, IsFatal: true));

    /// <returns>A text of the sheet, short enough for a message, in quotation marks, without what a terminal would obey.</returns>
    internal static string Quote(ReadOnlySpan<char> text)
    {
        var isLong = text.Length > MaxQuoted;
        var shown = string.Concat((isLong ? text[..MaxQuoted] : text).ToString().Select(letter => char.IsControl(letter) ? '?' : letter));
        return isLong ? $"'{shown}...'" : $"'{shown}'";
    }

    private void Add(SheetProblem problem)
    {
        if (problem.IsFatal)
        {
            Fatal ??= problem;
        }

        if (problems.Count < MaxProblems)
        {
            problems.Add(problem);
        }
    }
}
