namespace CdBackuper.Notices;

/// <summary>A line of a fact: a name of any length, of which a part may be left out, and what is said of it, which is never cut.</summary>
/// <param name="Name">From a disc or a person; empty for none.</param>
/// <param name="Text">What is said, in the program's own words and bounded.</param>
internal sealed record FactLine(string Name, string Text)
{
    public override string ToString() => Name + Text;
}
