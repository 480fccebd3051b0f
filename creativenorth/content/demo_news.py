"""Invented news and a strategy for the demo, marked as such on their pages."""

# slug, days ago (ahead where negative), (title, summary, text) in Swedish and in English
NEWS = (
    ("sa-funkar-nyheterna", 2,
     ("Så här kan en nyhet se ut", "Ett påhittat exempel: en rubrik, några rader och en längre text.",
      "Det här är en **påhittad nyhet** som visar hur sidan ser ut.\n\n## En rubrik till\n\nNär ni skriver egna nyheter tar "
      "ni bort exemplen i adminen.\n\n- korta stycken\n- en sak i taget"),
     ("This is how news can look", "An invented example: a headline, a few lines and a longer text.",
      "This is an **invented piece of news** that shows what the page looks like.\n\n## Another heading\n\nWhen you write "
      "your own news, take the examples away in the admin.\n\n- short paragraphs\n- one thing at a time")),
    ("exempel-var-traff", 9,
     ("Exempel: vi samlades kring vårens planer", "En påhittad rapport från en påhittad träff.",
      "Den här texten är påhittad. En riktig rapport berättar vilka som kom, vad ni kom fram till och vad som händer nu."),
     ("Example: we met about the plans for spring", "An invented report from an invented meeting.",
      "This text is invented. A real report tells who came, what you agreed on and what happens now.")),
    ("exempel-pa-vag", -3,
     ("Exempel: den här nyheten väntar på sin tid", "Ett påhittat exempel på en nyhet som visas av sig själv om några dagar.",
      "Påhittad text."),
     ("Example: this piece waits for its time", "An invented example of news that appears by itself in a few days.",
      "Invented text.")),
)  # fmt: skip

# (title, text) in Swedish and in English
STRATEGY = (
    (
        "Exempel på en strategi",
        "Det här är en **påhittad text**. Här ska klustrets strategi för hur samarbetet fortsätter stå när den är beslutad.\n\n"
        "## Vad en strategi brukar svara på\n\n- Vad vill vi tillsammans?\n- Vem gör vad?\n- Hur vet vi att det blir bättre?",
    ),
    (
        "Example of a strategy",
        "This is an **invented text**. The cluster's strategy for how the cooperation continues will stand here once it is "
        "decided.\n\n## What a strategy usually answers\n\n- What do we want together?\n- Who does what?\n- How do we know "
        "that it gets better?",
    ),
)
