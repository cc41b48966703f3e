namespace CdBackuper.Media.Volumes;

/// <summary>Text with its accents composed, as most of the world writes them. .NET composes nothing where it runs without ICU.</summary>
public static class ComposedText
{
    /// <param name="text">Any text.</param>
    /// <returns>The text, in which each letter with a mark behind it is one character where Unicode 3.2 has one.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (letters, length) = (new char[text.Length], 0);
        foreach (var letter in text)
        {
            if (length > 0 && HfsPlus.Composition.TryCompose(letters[length - 1], letter, out var composed))
            {
                letters[length - 1] = composed;
            }
            else
            {
                letters[length++] = letter;
            }
        }

        return new(letters, 0, length);
    }
}
