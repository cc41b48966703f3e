namespace CdBackuper.Notices;

/// <summary>One fact of a notice, plain text as it came from discs and people: whoever sends it escapes it.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Lines">What it says, the most important first; never empty.</param>
/// <param name="IsShort">True where it may stand beside others.</param>
internal sealed record Fact(string Name, IReadOnlyList<FactLine> Lines, bool IsShort = false)
{
    public Fact(string name, string text, bool isShort = true)
        : this(name, [new FactLine("", text)], isShort)
    {
    }
}
