namespace CdBackuper.Media.Images;

/// <summary>Something wrong with the description of an image.</summary>
/// <param name="Line">The line of the text, from 1; 0 where it is of no line.</param>
/// <param name="Text">One sentence for people, without full stop.</param>
/// <param name="IsFatal">True when the image can't be read because of it.</param>
public sealed record SheetProblem(int Line, string Text, bool IsFatal)
{
    /// <returns>"line 3: there is no track 100"</returns>
    public override string ToString() => Line > 0 ? $"line {Line}: {Text}" : Text;
}
