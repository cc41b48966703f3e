namespace CdBackuper.Media.Images.Cdrdao;

/// <summary>A word, a text in quotation marks (without them), or one of <c>{ } ,</c>.</summary>
/// <param name="Text">Its characters; empty at the end of the file.</param>
/// <param name="IsQuoted">True for a text that stood in quotation marks.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct TocToken(string Text, bool IsQuoted, int Line)
{
    public bool IsEnd => Text.Length == 0 && !IsQuoted;

    public bool Is(string word) => !IsQuoted && Text == word;
}
