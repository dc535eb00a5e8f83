// A question with one right answer. What to say is in the page, so that this file speaks no language.
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = new FormData(form).get('answer');
    form.querySelector('.answer').textContent = chosen === form.dataset.right ? form.dataset.yes : form.dataset.no;
  });
}
